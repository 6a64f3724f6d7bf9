namespace KubeSa;

/// <summary>
/// How Kubernetes names service accounts as users
/// (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#service-account-tokens).
/// </summary>
internal static class ServiceAccountNames
{
    /// <summary>The account of every namespace that pods run as which name none.</summary>
    internal const string Default = "default";

    private const string UserPrefix = "system:serviceaccount:";

    internal static string UserName(string @namespace, string name) => $"{UserPrefix}{@namespace}:{name}";

    internal static string[] Groups(string @namespace) =>
        ["system:serviceaccounts", $"system:serviceaccounts:{@namespace}", "system:authenticated"];

    /// <summary>Splits <c>system:serviceaccount:NAMESPACE:NAME</c>; null for any other user name.</summary>
    internal static (string Namespace, string Name)? Parse(string? userName)
    {
        if (userName is null || !userName.StartsWith(UserPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = userName[UserPrefix.Length..].Split(':');
        return parts is [{ Length: > 0 } ns, { Length: > 0 } name] ? (ns, name) : null;
    }
}
