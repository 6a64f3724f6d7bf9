using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>
/// A rule that a service account holds, and the binding and the role it comes from; or one that the caller holds, of which the
/// server does not say where it comes from.
/// </summary>
public sealed class AccessRule : KubeObject
{
    /// <summary>The namespace of the account; null where it is another user that holds the rule.</summary>
    public required string? Namespace { get; init => field = SafeName.Of(value); }

    /// <summary>The name of the account; null where it is another user.</summary>
    public required string? ServiceAccount { get; init => field = SafeName.Of(value); }

    /// <summary>The user that is no service account; null for one, and where the server does not tell.</summary>
    public string? UserName { get; init => field = SafeName.Of(value); }

    /// <summary>The account as <c>namespace/name</c>; the user where it is another one.</summary>
    public string? Account => ServiceAccount is null ? UserName : $"{Namespace}/{ServiceAccount}";

    /// <summary>The namespace in which the rule counts; null for the whole cluster.</summary>
    public string? Scope { get; init => field = SafeName.Of(value); }

    /// <summary>The verbs it allows; * for all.</summary>
    public string[] Verbs { get; init => field = SafeName.All(value); } = [];

    /// <summary>The API groups it is about; empty text for the core group, * for all.</summary>
    public string[] ApiGroups { get; init => field = SafeName.All(value); } = [];

    /// <summary>The resources it is about, with subresources where there are such; * for all.</summary>
    public string[] Resources { get; init => field = SafeName.All(value); } = [];

    /// <summary>The names of the objects that alone are meant; empty for all.</summary>
    public string[] ResourceNames { get; init => field = SafeName.All(value); } = [];

    /// <summary>The paths of URLs it is about, which stand for no resource.</summary>
    public string[] NonResourceUrls { get; init => field = SafeName.All(value); } = [];

    /// <summary>RoleBinding or ClusterRoleBinding; null like all that follows for a rule of the caller's own.</summary>
    public required string? BindingKind { get; init => field = SafeName.Of(value); }

    /// <summary>The name of the binding.</summary>
    public required string? Binding { get; init; }

    /// <summary>Role or ClusterRole.</summary>
    public required string? RoleKind { get; init => field = SafeName.Of(value); }

    /// <summary>The name of the role.</summary>
    public required string? Role { get; init; }

    /// <summary>
    /// The ClusterRoles from which an aggregated role has the rule: only there can it be taken away. Empty for other roles.
    /// </summary>
    public string[] ContributingRoles { get; init => field = SafeName.All(value); } = [];

    /// <summary>Whom the binding names: the account itself, or a group that it is in.</summary>
    public required RoleSubject? Subject { get; init; }

    /// <summary>What it is about, in one text: <c>deployments.apps, pods/log</c>, names in brackets, or paths.</summary>
    public string What => RuleText.Of(ApiGroups, Resources, ResourceNames, NonResourceUrls);

    /// <summary>Whether the account exists: false for what bindings give to one that does not; null where it could not be looked at.</summary>
    public bool? Exists { get; init; }

    /// <summary>
    /// Whether there may be more rules than those that came with this one, for the server could not list them all: then what is
    /// not among them may be allowed all the same.
    /// </summary>
    public bool IsIncomplete { get; init; }

    private protected override IEnumerable<KubeObject?> Parts => [Subject];

    /// <summary>The account and what it may do.</summary>
    public override string ToString() => $"{Account ?? "You"}{(Exists == false ? " (not found)" : string.Empty)}: {string.Join(",", Verbs)} {What}";
}
