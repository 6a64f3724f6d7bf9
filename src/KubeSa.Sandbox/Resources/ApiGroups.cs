namespace KubeSa.Sandbox.Resources;

/// <summary>A named API group and its versions, the preferred one first.</summary>
public sealed record ApiGroup(string Name, params IReadOnlyList<string> Versions);

/// <summary>
/// The groups in the order of discovery: of those a real server has, the ones the sandbox keeps or answers something of. kubectl never
/// remembers a version without resources, and asks for it again with every command.
/// </summary>
internal static class ApiGroups
{
    public static IReadOnlyList<ApiGroup> Of(ServerVersion serverVersion) => serverVersion.IsLegacy ? Legacy : Modern;

    private static readonly ApiGroup[] Modern =
    [
        new("apps", "v1"), new("authentication.k8s.io", "v1"), new("authorization.k8s.io", "v1"), new("batch", "v1"),
        new("networking.k8s.io", "v1"), new("rbac.authorization.k8s.io", "v1"), new("coordination.k8s.io", "v1"),
    ];

    private static readonly ApiGroup[] Legacy =
    [
        new("apps", "v1"), new("authentication.k8s.io", "v1", "v1beta1"), new("authorization.k8s.io", "v1", "v1beta1"),
        new("batch", "v1", "v1beta1"), new("networking.k8s.io", "v1", "v1beta1"), new("extensions", "v1beta1"),
        new("rbac.authorization.k8s.io", "v1", "v1beta1"), new("coordination.k8s.io", "v1"),
    ];
}
