using KubeSa.Api;
using KubeSa.Rbac;

namespace KubeSa.Analysis.Audit;

/// <summary>One thing that may be done, and the questions which rules of a principal allow it, somewhere and to something.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Group">The API group.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Subresource">The subresource; null for none.</param>
internal sealed record RightPattern(string Verb, string Group, string Resource, string? Subresource = null)
{
    // The server asks about these by a path without a name (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources).
    private bool HasNoName => Subresource is null && Verb is "create" or "deletecollection";

    /// <summary>
    /// Whether the resource lives in no namespace, so that a RoleBinding gives nothing. bind is asked about with the namespace of the
    /// binding that is written, also for cluster roles.
    /// </summary>
    internal bool IsClusterScoped => Verb != "bind" && ClusterScoped.Contains(Resource);

    private static readonly string[] ClusterScoped =
    [
        "nodes", "persistentvolumes", "certificatesigningrequests", "signers", "mutatingwebhookconfigurations", "validatingwebhookconfigurations",
        "mutatingadmissionpolicies", "mutatingadmissionpolicybindings", "validatingadmissionpolicies", "validatingadmissionpolicybindings", "apiservices",
        "customresourcedefinitions", "csidrivers", "storageclasses", "clusterroles", "clusterrolebindings", "users", "groups", "tokenreviews",
    ];

    /// <summary>The rules that allow it to some object, named or not.</summary>
    internal IEnumerable<HeldRule> In(IEnumerable<HeldRule> held) => held.Where(Allows);

    /// <summary>The rules that allow it to every object of their scope.</summary>
    internal IEnumerable<HeldRule> Unnamed(IEnumerable<HeldRule> held) => held.Where(rule => rule.Rule.ResourceNames.Count == 0 && Allows(rule));

    private bool Allows(HeldRule held) =>
        (held.Scope is null || !IsClusterScoped) && (held.Rule.ResourceNames.Count == 0 || !HasNoName) && held.Rule.Allows(new AccessRequest(Verb)
        {
            Group = Group,
            Resource = Resource,
            Subresource = Subresource,
            Name = held.Rule.ResourceNames.Count == 0 ? null : held.Rule.ResourceNames[0],
            Namespace = held.Scope,
        });

    /// <summary>Several verbs of one resource.</summary>
    internal static RightPattern[] Of(string verbs, string group, string resource, string? subresource = null) =>
        [.. verbs.Split(' ').Select(verb => new RightPattern(verb, group, resource, subresource))];
}
