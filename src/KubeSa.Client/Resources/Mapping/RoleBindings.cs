using System.Text.Json.Nodes;
using k8s.Models;

namespace KubeSa.Client.Resources.Mapping;

/// <summary>Bindings of roles, between the client library's words and ours.</summary>
internal static class RoleBindings
{
    private const string Group = "rbac.authorization.k8s.io";
    private const string Version = Group + "/v1";

    internal static RoleBinding ToModel(V1RoleBinding binding) =>
        ToModel(binding.IdentifiedInNamespace(), binding.RoleRef, binding.Subjects);

    internal static RoleBinding ToModel(V1ClusterRoleBinding binding) =>
        ToModel(binding.Identified(), binding.RoleRef, binding.Subjects);

    internal static V1RoleBinding InNamespace(RoleBinding binding) => new()
    {
        ApiVersion = Version,
        Kind = "RoleBinding",
        Metadata = new V1ObjectMeta { NamespaceProperty = binding.Namespace, Name = binding.Name },
        RoleRef = RoleOf(binding),
        Subjects = binding.Subjects.Select(ToKubernetes).ToList(),
    };

    internal static V1ClusterRoleBinding InCluster(RoleBinding binding) => new()
    {
        ApiVersion = Version,
        Kind = "ClusterRoleBinding",
        Metadata = new V1ObjectMeta { Name = binding.Name },
        RoleRef = RoleOf(binding),
        Subjects = binding.Subjects.Select(ToKubernetes).ToList(),
    };

    /// <summary>A merge patch (RFC 7386); the version makes it fail where somebody else was faster.</summary>
    internal static V1Patch ToPatch(RoleBinding binding, IReadOnlyList<RoleSubject> subjects)
    {
        var list = subjects.Select(ToJson);
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = binding.ResourceVersion },
            ["subjects"] = new JsonArray([.. list]),
        };
        return new V1Patch(patch.ToJsonString(), V1Patch.PatchType.MergePatch);
    }

    private static RoleBinding ToModel(V1ObjectMeta metadata, V1RoleRef? role, IList<Rbacv1Subject>? subjects) => new()
    {
        Namespace = string.IsNullOrEmpty(metadata.NamespaceProperty) ? null : metadata.NamespaceProperty,
        Name = metadata.Name,
        RoleKind = role?.Kind.Required("roleRef.kind") ?? throw new FormatException("A binding has no roleRef."),
        Role = role.Name.Required("roleRef.name"),
        Subjects = subjects?.Select(subject => RoleSubject.Read(
            subject.Kind.Required("kind of a subject"), subject.ApiGroup, subject.NamespaceProperty, subject.Name.Required("name of a subject"), metadata.NamespaceProperty is { Length: > 0 } home ? home : null)).ToArray() ?? [],
        Labels = metadata.Labels.ToModel(),
        CreationTimestamp = metadata.CreationTimestamp.ToLocal(),
        Uid = metadata.Uid,
        ResourceVersion = metadata.ResourceVersion,
    };

    private static V1RoleRef RoleOf(RoleBinding binding) => new() { ApiGroup = Group, Kind = binding.RoleKind, Name = binding.Role };

    private static Rbacv1Subject ToKubernetes(RoleSubject subject) => new()
    {
        Kind = subject.Kind,
        Name = subject.Name,
        NamespaceProperty = subject.WrittenNamespace,
        ApiGroup = subject.ApiGroup,
    };

    // Exactly as it was read: what a kind needs or must not have is for the server to say.
    private static JsonObject ToJson(RoleSubject subject)
    {
        var entry = new JsonObject { ["kind"] = subject.Kind, ["name"] = subject.Name };
        if (subject.ApiGroup is { } group)
        {
            entry["apiGroup"] = group;
        }

        if (subject.WrittenNamespace is { } ns)
        {
            entry["namespace"] = ns;
        }

        return entry;
    }
}
