using k8s.Models;
using KubeSa.Api;

namespace KubeSa.Client.Mapping;

/// <summary>Roles and their rules in our words.</summary>
internal static class Roles
{
    internal static RoleDefinition ToModel(V1Role role) =>
        new(role.IdentifiedInNamespace().NamespaceProperty, role.Metadata.Name, ToModel(role.Rules));

    internal static RoleDefinition ToModel(V1ClusterRole role) => new(null, role.Identified().Name, ToModel(role.Rules));

    internal static RoleEvidence ToEvidence(RoleDefinition role) => new()
    {
        Namespace = role.Namespace,
        Name = role.Name,
        Rules =
        [
            // Rules about paths have no resources.
            .. role.Rules.Where(rule => rule.Resources.Count > 0).Select(rule => new RuleEvidence
            {
                Verbs = rule.Verbs,
                ApiGroups = rule.ApiGroups,
                Resources = rule.Resources,
                ResourceNames = rule.ResourceNames,
            }),
        ],
    };

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
