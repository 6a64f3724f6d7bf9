using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Auth.Rbac;

/// <summary>Role-based access control over the roles and bindings that are in the store at the moment.</summary>
internal sealed class RbacAuthorizer(ResourceStore store, ResourceTypes types) : IAuthorizer
{
    private readonly RuleResolver _resolver = new(store, types);

    public AuthorizationDecision Authorize(UserInfo user, AccessAttributes attributes)
    {
        // Comes before all rules and gives no reason, as the authorizer of privileged groups does.
        if (user.Groups.Contains(UserInfo.Masters))
        {
            return new AuthorizationDecision(Verdict.Allowed);
        }

        var errors = new List<string>();
        foreach (var grant in _resolver.GrantsOf(user, attributes.IsResource ? attributes.Namespace : ""))
        {
            if (grant.Error is not null)
            {
                errors.Add(grant.Error);
            }
            else if (grant.Rule!.Allows(attributes))
            {
                return new AuthorizationDecision(Verdict.Allowed, "RBAC: allowed by " + grant.Source);
            }
        }

        return new AuthorizationDecision(Verdict.NoOpinion, errors.Count == 0 ? "" : "RBAC: " + Aggregate(errors));
    }

    /// <summary>Several errors as Kubernetes prints them: the same one once, brackets around more than one.</summary>
    public static string Aggregate(IEnumerable<string> errors)
    {
        var distinct = errors.Distinct().ToArray();
        return distinct.Length == 1 ? distinct[0] : $"[{string.Join(", ", distinct)}]";
    }
}
