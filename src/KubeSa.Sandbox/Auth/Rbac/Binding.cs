using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Auth.Rbac;

/// <summary>A RoleBinding, or a ClusterRoleBinding when it has no namespace.</summary>
internal sealed class Binding
{
    // Every request walks all bindings; a stored object never changes, so it is read once.
    private static readonly ConditionalWeakTable<StoredObject, Binding> Known = [];

    private readonly Subject[] _subjects;

    private Binding(StoredObject stored)
    {
        var content = stored.Content();
        Namespace = stored.Namespace;
        Name = stored.Name;
        RoleKind = content.Text("roleRef", "kind") ?? "";
        RoleName = content.Text("roleRef", "name") ?? "";
        _subjects = content["subjects"] is JsonArray subjects ? [.. subjects.Select(Parse)] : [];
    }

    public string Namespace { get; }

    public string Name { get; }

    public string RoleKind { get; }

    public string RoleName { get; }

    public static Binding Of(StoredObject stored) => Known.GetValue(stored, s => new Binding(s));

    /// <summary>As a reason says it, or null when none of the subjects is the user.</summary>
    public string? DescribeFor(UserInfo user)
    {
        var subject = System.Array.Find(_subjects, s => IsUser(s, user));
        if (subject is null)
        {
            return null;
        }

        var who = subject.Kind == "ServiceAccount" ? $"{subject.Name}/{NamespaceOf(subject)}" : subject.Name;
        return Namespace.Length == 0
            ? $"ClusterRoleBinding \"{Name}\" of {RoleKind} \"{RoleName}\" to {subject.Kind} \"{who}\""
            : $"RoleBinding \"{Name}/{Namespace}\" of {RoleKind} \"{RoleName}\" to {subject.Kind} \"{who}\"";
    }

    private static Subject Parse(JsonNode? subject) =>
        new(subject.Text("kind") ?? "", subject.Text("name") ?? "", subject.Text("namespace") ?? "");

    private bool IsUser(Subject subject, UserInfo user) => subject.Kind switch
    {
        "User" => subject.Name == user.Name,
        "Group" => user.Groups.Contains(subject.Name),
        "ServiceAccount" => NamespaceOf(subject).Length > 0
            && user.Name == ServiceAccountUser.UserName(NamespaceOf(subject), subject.Name),
        _ => false,
    };

    // A subject without a namespace counts as one of the binding's.
    private string NamespaceOf(Subject subject) => subject.Namespace.Length > 0 ? subject.Namespace : Namespace;

    private sealed record Subject(string Kind, string Name, string Namespace);
}
