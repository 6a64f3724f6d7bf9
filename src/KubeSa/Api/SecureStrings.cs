using System.Runtime.InteropServices;
using System.Security;

namespace KubeSa.Api;

/// <summary>Reads a SecureString whole. NetworkCredential.Password ends at the first NUL, and a token must not be cut silently.</summary>
internal static class SecureStrings
{
    internal static string Read(SecureString secure)
    {
        var copy = Marshal.SecureStringToGlobalAllocUnicode(secure);
        try
        {
            return Marshal.PtrToStringUni(copy, secure.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(copy);
        }
    }
}
