using System.Text.RegularExpressions;

namespace KubeSa.Cmdlets;

/// <summary>The token Secrets that servers before 1.24 made for every account by themselves.</summary>
internal static partial class ServerMadeSecret
{
    /// <summary>Whether the name is one that the server's controller gives: the account's, and a random end.</summary>
    internal static bool Is(string secret, string account) =>
        secret.StartsWith($"{account}-token-", StringComparison.Ordinal) && RandomEnd().IsMatch(secret[$"{account}-token-".Length..]);

    // The letters and digits of which servers make the random ends of names.
    [GeneratedRegex("^[bcdfghjklmnpqrstvwxz2456789]{5}$")]
    private static partial Regex RandomEnd();
}
