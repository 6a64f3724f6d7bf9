using System.Security;

namespace KubeSa.Client.Secrets;

/// <summary>Puts a secret where neither tables, nor JSON, nor transcripts show it.</summary>
internal static class SecretText
{
    /// <summary>The longest text, in characters, that a SecureString holds.</summary>
    internal const int Longest = 65_536;

    internal static SecureString Protect(string text)
    {
        var secure = new SecureString();
        foreach (var c in text)
        {
            secure.AppendChar(c);
        }

        secure.MakeReadOnly();
        return secure;
    }
}
