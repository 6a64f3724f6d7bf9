using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Auth.Rbac;

/// <summary>Finds the rules that bindings give to a user.</summary>
internal sealed class RuleResolver(ResourceStore store, ResourceTypes types)
{
    private const string Group = "rbac.authorization.k8s.io";
    private static readonly ConditionalWeakTable<StoredObject, RbacRule[]> Known = [];

    private readonly ResourceType _clusterRoles = types.Get(Group, "clusterroles");
    private readonly ResourceType _roles = types.Get(Group, "roles");
    private readonly ResourceType _clusterRoleBindings = types.Get(Group, "clusterrolebindings");
    private readonly ResourceType _roleBindings = types.Get(Group, "rolebindings");

    /// <summary>
    /// Every rule with the binding it comes from, those of the cluster first; in place of the rules of a role that does not
    /// exist, its error. Lazy: an authorizer stops at the first rule that fits.
    /// </summary>
    public IEnumerable<Grant> GrantsOf(UserInfo user, string ns) =>
        store.Snapshot(_clusterRoleBindings).Items.SelectMany(stored => GrantsOf(user, stored))
            .Concat(ns.Length == 0
                ? []
                : store.Snapshot(_roleBindings).From(ns).SelectMany(stored => GrantsOf(user, stored)));

    /// <summary>The rules of a role, or null when there is none of that name.</summary>
    public RbacRule[]? RulesOfRole(string kind, string ns, string name)
    {
        var stored = kind == "ClusterRole" ? store.TryGet(_clusterRoles, "", name) : store.TryGet(_roles, ns, name);
        return stored is null ? null : Known.GetValue(stored, s => ParseRules(s.Content()["rules"]));
    }

    public static RbacRule[] ParseRules(JsonNode? rules) =>
        rules is JsonArray array ? [.. array.Select(RbacRule.Parse)] : [];

    private IEnumerable<Grant> GrantsOf(UserInfo user, StoredObject stored)
    {
        var binding = Binding.Of(stored);
        if (binding.DescribeFor(user) is not { } source)
        {
            return [];
        }

        return RulesOfRole(binding.RoleKind, binding.Namespace, binding.RoleName) is { } rules
            ? rules.Select(rule => new Grant(rule, source, null))
            : [new Grant(null, source, $"{binding.RoleKind.ToLowerInvariant()}.{Group} \"{binding.RoleName}\" not found")];
    }
}

/// <summary>A rule and the binding that gives it, or the error where its role is missing.</summary>
internal sealed record Grant(RbacRule? Rule, string Source, string? Error);
