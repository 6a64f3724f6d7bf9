using KubeSa.Api;
using KubeSa.Rbac;

namespace KubeSa.Cmdlets;

/// <summary>Makes rules of the verbs and resources that a user types, by what the server knows.</summary>
/// <param name="find">Looks a resource up.</param>
/// <param name="warn">Takes what may not be as the user thinks.</param>
internal sealed class RuleQuestions(Func<ResourceArgument, ResourceLookup> find, Action<string> warn)
{
    /// <summary>The rules; InvalidRequest for a resource that the server does not have: a role for it could help nobody.</summary>
    internal IReadOnlyList<RoleRule> Rules(IReadOnlyList<string> verbs, IReadOnlyList<string> resources, IReadOnlyList<string> names)
    {
        var targets = resources.Select(Target).ToList();
        foreach (var name in names)
        {
            KubeName.RequirePathSegment("object", name);
        }

        foreach (var verb in verbs)
        {
            KubeName.RefuseOption(verb);
            if (RbacVerbs.WarningForResource(verb, targets.Count == 1 ? targets[0].Known : null) is { } warning)
            {
                warn(warning);
            }
        }

        return RoleRules.For(verbs.Select(verb => verb.ToLowerInvariant()), targets.Select(target => target.Target), names);
    }

    private (AccessTarget Target, ApiResource? Known) Target(string text)
    {
        var argument = ResourceArgument.Parse(text);
        var lookup = argument.IsAll || RbacVerbs.IsKnownOnlyToRoles(argument) ? null : find(argument);
        if (lookup?.Exists == false)
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest,
                $"The server does not have a resource '{argument.FullName}', so a role for it would allow nothing. See the name: Tab completes those that the server has.",
                text);
        }

        if (lookup is { Resource: null, Problem: { } problem })
        {
            warn($"Whether the server has a resource '{argument.FullName}' could not be looked up; the rule names it as it stands. {problem}");
        }

        var target = AccessTarget.Of(argument, lookup?.Resource, null);
        if (target.Name is not null)
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest, $"'{target.Name}' is not a subresource of {lookup!.Resource!.FullName}. -ResourceName takes the names of objects.", text);
        }

        if (target.Warning is { } warning)
        {
            warn(warning);
        }

        return (target, lookup?.Resource);
    }
}
