using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Auth.Rbac;

/// <summary>Roles and bindings as JSON, in few words: lists are written with spaces between.</summary>
internal static class RbacObjects
{
    private const string Group = "rbac.authorization.k8s.io";

    /// <summary>A Role, or a ClusterRole for an empty namespace.</summary>
    public static JsonObject Role(string ns, string name, params JsonObject[] rules) => new()
    {
        ["metadata"] = Metadata(ns, name),
        ["rules"] = new JsonArray([.. rules]),
    };

    /// <summary>A binding of <paramref name="roleKind"/>; for an empty namespace a ClusterRoleBinding.</summary>
    public static JsonObject Binding(string ns, string name, string roleKind, string role, params JsonObject[] subjects) => new()
    {
        ["metadata"] = Metadata(ns, name),
        ["subjects"] = new JsonArray([.. subjects]),
        ["roleRef"] = new JsonObject { ["apiGroup"] = Group, ["kind"] = roleKind, ["name"] = role },
    };

    /// <summary>A rule; the core group is written as "core".</summary>
    public static JsonObject Rule(string verbs, string groups, string resources, string names = "")
    {
        var rule = new JsonObject
        {
            ["verbs"] = Words(verbs),
            ["apiGroups"] = new JsonArray([.. groups.Split(' ').Select(group => (JsonNode)(group == "core" ? "" : group))]),
            ["resources"] = Words(resources),
        };
        if (names.Length > 0)
        {
            rule["resourceNames"] = Words(names);
        }

        return rule;
    }

    public static JsonObject PathRule(string verbs, string paths) =>
        new() { ["verbs"] = Words(verbs), ["nonResourceURLs"] = Words(paths) };

    public static JsonObject Account(string ns, string name) =>
        new() { ["kind"] = "ServiceAccount", ["name"] = name, ["namespace"] = ns };

    public static JsonObject GroupSubject(string name) => new() { ["kind"] = "Group", ["apiGroup"] = Group, ["name"] = name };

    public static JsonObject UserSubject(string name) => new() { ["kind"] = "User", ["apiGroup"] = Group, ["name"] = name };

    private static JsonObject Metadata(string ns, string name)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (ns.Length > 0)
        {
            metadata["namespace"] = ns;
        }

        return metadata;
    }

    private static JsonArray Words(string words) => [.. words.Split(' ').Select(word => (JsonNode)word)];
}
