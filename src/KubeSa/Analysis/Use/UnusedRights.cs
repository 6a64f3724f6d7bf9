using System.Globalization;
using KubeSa.Analysis.Snapshot;
using KubeSa.Api;
using KubeSa.Rbac;

namespace KubeSa.Analysis.Use;

/// <summary>The rights that an account holds by bindings of its own and that a log does not show, each with why that may be.</summary>
internal sealed class UnusedRights(UseAggregate aggregate, AccessSnapshot snapshot)
{
    private readonly ILookup<string, UsedRequest> _uses = UsedRequest.All(aggregate).ToLookup(use => use.Kind.User);

    internal IEnumerable<AccessUse> Of(string ns, string name)
    {
        var user = ServiceAccountNames.UserName(ns, name);
        var uses = _uses[user].ToList();
        var confidence = PlanConfidence.Of(aggregate, snapshot, ns, name, uses);
        foreach (var held in snapshot.Policy.RulesFor(ns, name).Where(rule => rule.Subject.IsAccount(ns, name)))
        {
            foreach (var right in Single(held.Rule).Where(right => !uses.Exists(use => held.Allows(use.Request) && right.Allows(use.Request))))
            {
                var (gap, why) = Why(right, confidence);
                yield return Row(user, ns, name, held, right, gap, why);
            }
        }
    }

    private (AccessUseGap Gap, string Why) Why(RoleRule right, PlanConfidence confidence)
    {
        var (verb, resource) = (right.Verbs[0], First(right.Resources) ?? string.Empty);
        if (UnloggedRights.CannotBeLogged(verb, resource))
        {
            return (AccessUseGap.CannotBeLogged, $"cannot be logged: the server checks {(resource.EndsWith("/finalizers", StringComparison.Ordinal) ? "finalizers" : verb)} without an event of its own");
        }

        if (!aggregate.Coverage.Kinds.Any(kind => right.Allows(Request(kind))))
        {
            return (AccessUseGap.KindNeverLogged, "kind never logged: the log holds no such request of anybody, so the audit policy may leave it out");
        }

        return confidence.Schedule is { } schedule && confidence.Days < confidence.ScheduleDays
            ? (AccessUseGap.WindowTooShort, string.Create(CultureInfo.InvariantCulture, $"window too short: the log covers {confidence.Days} days, and {schedule} may pause for {confidence.ScheduleDays} days"))
            : (AccessUseGap.NotSeen, string.Create(CultureInfo.InvariantCulture, $"not seen in {confidence.Days} days, while such requests of others were logged"));
    }

    // A kind says nothing of names and paths: whether such requests are logged at all is what is asked.
    private static AccessRequest Request(LoggedKind kind) => kind.Resource.Length == 0
        ? new AccessRequest(kind.Verb) { NonResourceUrl = "/" }
        : new AccessRequest(kind.Verb) { Group = kind.Group, Resource = kind.Resource, Subresource = kind.Subresource.Length == 0 ? null : kind.Subresource };

    /// <summary>The rights of a rule one by one; a * stays what it is.</summary>
    private static IEnumerable<RoleRule> Single(RoleRule rule) =>
        (from verb in rule.Verbs
         from resource in rule.Resources
         from @group in rule.ApiGroups
         from name in rule.ResourceNames.Count == 0 ? [null] : rule.ResourceNames.Cast<string?>()
         select new RoleRule { Verbs = [verb], ApiGroups = [@group], Resources = [resource], ResourceNames = name is null ? [] : [name] })
        .Concat(from verb in rule.Verbs from path in rule.NonResourceUrls select new RoleRule { Verbs = [verb], NonResourceUrls = [path] });

    private static AccessUse Row(string user, string ns, string name, HeldRule held, RoleRule right, AccessUseGap gap, string why)
    {
        var parts = First(right.Resources)?.Split('/', 2);
        return new AccessUse
        {
            Namespace = ns,
            ServiceAccount = name,
            UserName = user,
            Verb = right.Verbs[0],
            Group = First(right.ApiGroups),
            Resource = parts?[0],
            Subresource = parts?.Length > 1 ? parts[1] : null,
            Name = First(right.ResourceNames),
            Path = First(right.NonResourceUrls),
            Scope = held.Scope,
            Allowed = true,
            Bindings = [$"{held.Binding.Kind} {held.Binding}"],
            Role = $"{held.Binding.RoleKind} {held.Role.Name}",
            Gap = gap,
            Why = why,
        };
    }

    private static string? First(IReadOnlyList<string> texts) => texts.Count == 0 ? null : texts[0];
}
