using KubeSa.Api;

namespace KubeSa.Rbac;

/// <summary>What a question is about, as the server's authorizer wants it.</summary>
/// <param name="Resource">The resource in the plural, or * for all.</param>
/// <param name="Group">Its API group; empty for the core group, * for all.</param>
/// <param name="Subresource">The subresource; null for none.</param>
/// <param name="Name">The object; null for all.</param>
/// <param name="Warning">What may not be as the user thinks; null for nothing.</param>
internal sealed record AccessTarget(string Resource, string Group, string? Subresource, string? Name, string? Warning)
{
    // Roles name these on resources whose server lists them not, or not any more.
    private static readonly string[] KnownSubresources =
    [
        "approval", "attach", "binding", "ephemeralcontainers", "eviction", "exec", "finalize", "finalizers", "log", "portforward", "proxy", "resize",
        "scale", "status", "token",
    ];

    /// <summary>
    /// What is behind the slash is a subresource where the server has it, or may have it, and otherwise the name of an object, as
    /// it is for kubectl. InvalidRequest where a name is given twice.
    /// </summary>
    /// <param name="argument">What the user wrote.</param>
    /// <param name="known">The resource; null where the server does not have it.</param>
    /// <param name="name">The name that was given by itself; null for none.</param>
    internal static AccessTarget Of(ResourceArgument argument, ApiResource? known, string? name)
    {
        if (name is not null)
        {
            KubeName.RefuseOption(name);
        }

        var (sub, rest) = known is null ? (argument.Rest, null) : Split(argument.Rest, known);
        if (rest is not null && name is not null)
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest, $"'{rest}' is not a subresource of {known!.FullName}, so it is the name of an object, and -Name gives another: '{name}'.", rest);
        }

        return new AccessTarget(
            known?.Name ?? argument.Name,
            known?.Group ?? argument.VersionAndGroup?.Group ?? argument.Group ?? (argument.IsAll ? "*" : string.Empty),
            sub,
            rest ?? name,
            known is not null && sub is not (null or "*" or "finalizers") && !known.Subresources.Contains(sub)
                ? $"the server's {known.FullName} have no subresource '{sub}': the answer is about that name as it stands."
                : null);
    }

    private static (string? Subresource, string? Name) Split(string? rest, ApiResource known)
    {
        if (rest is null)
        {
            return (null, null);
        }

        var parts = rest.Split('/', 2);
        var isSubresource = parts[0] == "*" || known.Subresources.Contains(parts[0]) || KnownSubresources.Contains(parts[0]);
        return isSubresource ? (parts[0], parts.Length > 1 ? parts[1] : null) : (null, rest);
    }
}
