using System.Text.RegularExpressions;

namespace KubeSa.Client.Errors;

/// <summary>
/// What a server's authorizer says when it refuses: who may not do what, which need not be what was asked for, as with
/// impersonation. Admission and others refuse with 403, too, in words of their own.
/// </summary>
/// <param name="User">The user as the server sees it.</param>
/// <param name="Verb">What the user may not do.</param>
/// <param name="What">The resource with its group, or the path.</param>
/// <param name="Namespace">The namespace; null for the whole cluster, and for a path.</param>
/// <param name="Reason">Why, where the authorizer says more; null where it does not.</param>
internal sealed partial record AuthorizerMessage(string User, string Verb, string What, string? Namespace, string? Reason)
{
    /// <summary>Whether it is about acting as somebody else; newer servers have a verb for each way and each purpose of that.</summary>
    internal bool IsAboutImpersonation => Verb.StartsWith("impersonate", StringComparison.Ordinal);

    /// <summary>Null where the message is not an authorizer's.</summary>
    internal static AuthorizerMessage? Read(string? message)
    {
        var match = Form().Match(message ?? string.Empty);
        if (!match.Success)
        {
            return null;
        }

        var (resource, group) = (match.Groups["resource"].Value, match.Groups["group"].Value);
        return new AuthorizerMessage(
            match.Groups["user"].Value,
            match.Groups["verb"].Value,
            match.Groups["path"] is { Success: true } path ? path.Value : group.Length == 0 ? resource : $"{resource}.{group}",
            TextOf(match.Groups["namespace"]),
            TextOf(match.Groups["reason"]));
    }

    private static string? TextOf(Group group) => group.Value.Trim() is { Length: > 0 } text ? text : null;

    [GeneratedRegex("""
        [Uu]ser "(?<user>[^"]+)" cannot (?<verb>\S+) (path "(?<path>[^"]*)"|resource "(?<resource>[^"]*)"( in API group "(?<group>[^"]*)")?)( in the namespace "(?<namespace>[^"]*)"| at the cluster scope)?(: (?<reason>.*))?
        """, RegexOptions.Singleline)]
    private static partial Regex Form();
}
