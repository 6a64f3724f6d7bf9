using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>What a manifest of a service account says of itself.</summary>
internal static class AccountManifest
{
    /// <summary>Whether a text is, or begins, a manifest rather than a name: no name has any of these.</summary>
    internal static bool Looks(string text)
    {
        var line = text.AsSpan().Trim();
        return text.Contains('\n', StringComparison.Ordinal)
            || line.StartsWith("---") || line is ['{' or '[' or '#' or '%', ..] or [.., ':'] || line.Contains(": ", StringComparison.Ordinal);
    }

    /// <summary>The namespace, null where neither the manifest nor the command says one, and the name; InvalidRequest where it is no service account.</summary>
    internal static (string? Namespace, string Name) Identify(object? manifest, string? given, bool isTyped)
    {
        var identity = ResourceIdentity.Of(manifest);
        if (identity is not { Kind: "ServiceAccount", ApiVersion: "v1" })
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest,
                $"'{identity.Name}' is a {identity.Kind} ({identity.ApiVersion}) and no service account. New-KubeResource creates objects of any kind.",
                identity.Name);
        }

        return !isTyped || identity.Namespace is not { } own || own == given
            ? (identity.Namespace ?? given, identity.Name)
            : throw NamespacedName.Contradiction($"{own}/{identity.Name}", own, given ?? string.Empty);
    }
}
