using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>The name of an object, alone or behind its namespace and a slash, as Tab completes it: <c>team-a/web-token</c>.</summary>
internal static class NamespacedName
{
    /// <summary>The namespace that the text says, if any, and the name.</summary>
    internal static (string? Namespace, string Name) Split(string text) =>
        text.Split('/') is [{ Length: > 0 } ns, var name] ? (ns, name) : (null, text);

    /// <summary>The failure where the name of an object and -Namespace say different namespaces.</summary>
    internal static KubeApiException Contradiction(string text, string? own, string given) => new(
        FailureKind.InvalidRequest, $"'{text}' is in the namespace '{own}', and -Namespace says '{given}'. Leave one of them out.", text);
}
