using k8s.Models;
using KubeSa.Api;

namespace KubeSa.Client.Mapping;

/// <summary>Roles and their rules in our words.</summary>
internal static class Roles
{
    internal static RoleDefinition ToModel(V1Role role) =>
        new(role.IdentifiedInNamespace().NamespaceProperty, role.Metadata.Name, ToModel(role.Rules));

    internal static RoleDefinition ToModel(V1ClusterRole role) => new(null, role.Identified().Name, ToModel(role.Rules));

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
