using System.Text.Json.Nodes;
using KubeSa.Sandbox.Kinds;
using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Tables;

/// <summary>The columns of each resource.</summary>
internal static class Columns
{
    private const string NameText =
        "Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the " +
        "generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. " +
        "Cannot be updated. More info: ";

    private const string AgeText =
        "CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in " +
        "happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\n" +
        "Populated by the system. Read-only. Null for lists. More info: " +
        "https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata";

    public static IReadOnlyList<Column> Of(ResourceType type, ServerVersion serverVersion) => type.StorageKey switch
    {
        "/serviceaccounts" => serverVersion.IsLegacy ? [Name(serverVersion), Secrets, Age] : [Name(serverVersion), Age],
        "/namespaces" => [Name(serverVersion), Status("The status of the namespace"), Age],
        "/secrets" => [Name(serverVersion), SecretType(serverVersion), SecretData, Age],
        "/configmaps" => [Name(serverVersion), ConfigData, Age],
        "/pods" => [Name(serverVersion), .. PodColumns.Of(serverVersion, Age)],
        "apps/deployments" => [Name(serverVersion), Ready, Count("Up-to-date", "updatedReplicas"), Count("Available", "availableReplicas"), Age],
        "rbac.authorization.k8s.io/roles" or "rbac.authorization.k8s.io/clusterroles" => [Name(serverVersion), CreatedAt],
        "rbac.authorization.k8s.io/rolebindings" => [Name(serverVersion), .. BindingColumns.Of("roleBinding", RoleRefText, Age)],
        "rbac.authorization.k8s.io/clusterrolebindings" => [Name(serverVersion), .. BindingColumns.Of("clusterRoleBinding", ClusterRoleRefText, Age)],
        _ => [Name(serverVersion), Age],
    };

    private const string RoleRefText =
        "RoleRef can reference a Role in the current namespace or a ClusterRole in the global namespace. If the RoleRef cannot be resolved, " +
        "the Authorizer must return an error.";

    private const string ClusterRoleRefText =
        "RoleRef can only reference a ClusterRole in the global namespace. If the RoleRef cannot be resolved, the Authorizer must return an error.";

    private static Column Name(ServerVersion serverVersion) => new(
        "Name", "string", "name", 0,
        NameText + (serverVersion.IsLegacy
            ? "http://kubernetes.io/docs/user-guide/identifiers#names"
            : "https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names"),
        c => c.Object.Text("metadata", "name"));

    private static Column Age { get; } = new("Age", "string", "", 0, AgeText, c => KubectlAge.Since(c.Object.Text("metadata", "creationTimestamp"), c.Now));

    private static Column CreatedAt { get; } = new("Created At", "date", "", 0, AgeText, c => c.Object.Text("metadata", "creationTimestamp"));

    private static Column Secrets { get; } = new(
        "Secrets", "string", "", 0,
        "Secrets is the list of secrets allowed to be used by pods running using this ServiceAccount. More info: https://kubernetes.io/docs/concepts/configuration/secret",
        c => (c.Object["secrets"] as JsonArray)?.Count ?? 0);

    private static Column SecretType(ServerVersion serverVersion) => new(
        "Type", "string", "", 0,
        "Used to facilitate programmatic handling of secret data." +
        (serverVersion.IsLegacy ? "" : " More info: https://kubernetes.io/docs/concepts/configuration/secret/#secret-types"),
        c => c.Object.Text("type"));

    private static Column SecretData { get; } = new(
        "Data", "string", "", 0,
        "Data contains the secret data. Each key must consist of alphanumeric characters, '-', '_' or '.'. The serialized form of the secret data is " +
        "a base64 encoded string, representing the arbitrary (possibly non-string) data value here. Described in https://tools.ietf.org/html/rfc4648#section-4",
        c => (c.Object["data"] as JsonObject)?.Count ?? 0);

    private static Column ConfigData { get; } = new(
        "Data", "string", "", 0, "Data contains the configuration data.",
        c => ((c.Object["data"] as JsonObject)?.Count ?? 0) + ((c.Object["binaryData"] as JsonObject)?.Count ?? 0));

    private static Column Ready { get; } = new(
        "Ready", "string", "", 0, "Number of the pod with ready state",
        c => $"{(long?)c.Object["status"]?["readyReplicas"] ?? 0}/{(long?)c.Object["spec"]?["replicas"] ?? 0}");

    private static Column Status(string description) => new("Status", "string", "", 0, description, c => c.Object.Text("status", "phase"));

    private static Column Count(string name, string field) => new(name, "string", "", 0, "Number of pods", c => (long?)c.Object["status"]?[field] ?? 0);
}

/// <summary>The columns of bindings.</summary>
internal static class BindingColumns
{
    public static IEnumerable<Column> Of(string what, string roleText, Column age) =>
    [
        new("Role", "string", "", 0, roleText, c => $"{c.Object.Text("roleRef", "kind")}/{c.Object.Text("roleRef", "name")}"),
        age,
        new("Users", "string", "", 1, $"Users in the {what}", c => Subjects(c, "User", s => s.Text("name"))),
        new("Groups", "string", "", 1, $"Groups in the {what}", c => Subjects(c, "Group", s => s.Text("name"))),
        new("ServiceAccounts", "string", "", 1, $"ServiceAccounts in the {what}", c => Subjects(c, "ServiceAccount", s => $"{s.Text("namespace")}/{s.Text("name")}")),
    ];

    private static string Subjects(CellContext cell, string kind, Func<JsonObject, string?> text) =>
        string.Join(", ", PodDefaults.Objects(cell.Object["subjects"]).Where(s => s.Text("kind") == kind).Select(text));
}
