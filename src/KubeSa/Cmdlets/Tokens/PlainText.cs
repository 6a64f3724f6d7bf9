using System.Net;
using System.Security;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>The only place where a token changes between SecureString and string.</summary>
internal static class PlainText
{
    // The longest text that a SecureString holds.
    private const int Longest = 65_536;

    internal static string? Of(object? token) => token switch
    {
        SecureString secure => SecureStrings.Read(secure),
        string plain => plain,
        _ => null,
    };

    internal static SecureString? Protect(object? token) => token switch
    {
        SecureString secure => secure,
        string { Length: > Longest } => throw new KubeApiException(
            FailureKind.InvalidToken, "The text that was given for a token is longer than any token (65,536 characters). Copy the token again, and nothing else."),
        string plain => new NetworkCredential(string.Empty, plain).SecurePassword,
        _ => null,
    };
}
