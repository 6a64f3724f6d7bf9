namespace KubeSa.Sandbox.Tokens;

/// <summary>Base64 with the URL alphabet and no padding (RFC 4648, section 5); .NET 8 has none of its own.</summary>
internal static class Base64Url
{
    public static string Encode(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>
    /// As Go's RawURLEncoding, with which the API server reads tokens: no padding and none of plain base64's characters, but line
    /// ends are passed over, and what the last character has too much is not looked at.
    /// </summary>
    public static byte[]? TryDecode(string text)
    {
        var bare = text.Replace("\r", "").Replace("\n", "");
        if (!bare.All(IsAllowed))
        {
            return null;
        }

        var buffer = new byte[bare.Length];
        var base64 = bare.Replace('-', '+').Replace('_', '/').PadRight((bare.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(base64, buffer, out var length) ? buffer[..length] : null;
    }

    private static bool IsAllowed(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_';
}
