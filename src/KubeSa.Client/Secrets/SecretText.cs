using System.Net;
using System.Security;

namespace KubeSa.Client.Secrets;

/// <summary>Puts a secret where neither tables, nor JSON, nor transcripts show it.</summary>
internal static class SecretText
{
    /// <summary>The longest text, in characters, that a SecureString holds.</summary>
    internal const int Longest = 65_536;

    /// <summary>Made by way of a NetworkCredential, which fills it at once; character by character takes longer than decoding.</summary>
    internal static SecureString Protect(string text)
    {
        var secure = new NetworkCredential(string.Empty, text).SecurePassword;
        secure.MakeReadOnly();
        return secure;
    }
}
