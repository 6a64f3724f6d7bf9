using k8s.Models;
using KubeSa.Api;

namespace KubeSa.Client.Resources.Mapping;

/// <summary>Roles and their rules in our words.</summary>
internal static class Roles
{
    private const string Version = "rbac.authorization.k8s.io/v1";

    internal static RoleDefinition ToModel(V1Role role)
    {
        var metadata = role.IdentifiedInNamespace();
        return ToModel(metadata, metadata.NamespaceProperty, role.Rules);
    }

    internal static RoleDefinition ToModel(V1ClusterRole role) => ToModel(role.Identified(), null, role.Rules) with
    {
        AggregatedFrom = [.. (role.AggregationRule?.ClusterRoleSelectors ?? []).Select(Selector)],
    };

    internal static V1Role InNamespace(RoleDefinition role) => new()
    {
        ApiVersion = Version,
        Kind = "Role",
        Metadata = new V1ObjectMeta { NamespaceProperty = role.Namespace, Name = role.Name },
        Rules = ToKubernetes(role.Rules),
    };

    internal static V1ClusterRole InCluster(RoleDefinition role) => new()
    {
        ApiVersion = Version,
        Kind = "ClusterRole",
        Metadata = new V1ObjectMeta { Name = role.Name },
        Rules = ToKubernetes(role.Rules),
    };

    private static RoleDefinition ToModel(V1ObjectMeta metadata, string? ns, IList<V1PolicyRule>? rules) => new(ns, metadata.Name, ToModel(rules))
    {
        Labels = metadata.Labels.ToModel(),
        CreationTimestamp = metadata.CreationTimestamp.ToLocal(),
        Uid = metadata.Uid,
        ResourceVersion = metadata.ResourceVersion,
    };

    private static string Selector(V1LabelSelector selector) => string.Join(",", [
        .. (selector.MatchLabels ?? new Dictionary<string, string>()).Select(label => $"{label.Key}={label.Value}"),
        .. (selector.MatchExpressions ?? []).Select(part => part.Values is { Count: > 0 } values
            ? $"{part.Key} {part.OperatorProperty?.ToLowerInvariant()} ({string.Join(",", values)})"
            : $"{part.Key} {part.OperatorProperty?.ToLowerInvariant()}"),
    ]);

    private static List<V1PolicyRule> ToKubernetes(IReadOnlyList<RoleRule> rules) =>
    [
        .. rules.Select(rule => new V1PolicyRule
        {
            Verbs = [.. rule.Verbs],
            ApiGroups = rule.NonResourceUrls.Count > 0 ? null : [.. rule.ApiGroups],
            Resources = rule.NonResourceUrls.Count > 0 ? null : [.. rule.Resources],
            ResourceNames = rule.ResourceNames.Count > 0 ? [.. rule.ResourceNames] : null,
            NonResourceURLs = rule.NonResourceUrls.Count > 0 ? [.. rule.NonResourceUrls] : null,
        }),
    ];

    private static RoleRule[] ToModel(IList<V1PolicyRule>? rules) =>
    [
        .. (rules ?? []).Select(rule => new RoleRule
        {
            Verbs = [.. rule.Verbs ?? []],
            ApiGroups = [.. rule.ApiGroups ?? []],
            Resources = [.. rule.Resources ?? []],
            ResourceNames = [.. rule.ResourceNames ?? []],
            NonResourceUrls = [.. rule.NonResourceURLs ?? []],
        }),
    ];
}
