using System.Net;
using System.Security;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>The only place where a token changes between SecureString and string.</summary>
internal static class PlainText
{
    internal static string? Of(object? token) => token switch
    {
        SecureString secure => SecureStrings.Read(secure),
        string plain => plain,
        _ => null,
    };

    internal static SecureString? Protect(object? token) => token switch
    {
        SecureString secure => secure,
        string plain => new NetworkCredential(string.Empty, plain).SecurePassword,
        _ => null,
    };
}
