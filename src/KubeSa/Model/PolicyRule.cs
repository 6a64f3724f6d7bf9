using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>A rule of a role (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole).</summary>
public sealed record PolicyRule
{
    /// <summary>The verbs it allows; * for all.</summary>
    public string[] Verbs { get; init; } = [];

    /// <summary>The API groups it is about; empty text for the core group, * for all.</summary>
    public string[] ApiGroups { get; init; } = [];

    /// <summary>The resources it is about, with subresources where there are such; * for all.</summary>
    public string[] Resources { get; init; } = [];

    /// <summary>The names of the objects that alone are meant; empty for all.</summary>
    public string[] ResourceNames { get; init; } = [];

    /// <summary>The paths of URLs it is about, which stand for no resource.</summary>
    public string[] NonResourceUrls { get; init; } = [];

    /// <summary>What it is about, in one text: <c>deployments.apps, pods/log</c>, names in brackets, or paths.</summary>
    public string What => RuleText.Of(ApiGroups, Resources, ResourceNames, NonResourceUrls);

    /// <summary>The verbs and what they are about.</summary>
    public override string ToString() => $"{SafeName.Of(string.Join(",", Verbs))} {What}";
}
