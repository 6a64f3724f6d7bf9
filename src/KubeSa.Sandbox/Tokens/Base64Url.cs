namespace KubeSa.Sandbox.Tokens;

/// <summary>Base64 with the URL alphabet and no padding (RFC 4648, section 5); .NET 8 has none of its own.</summary>
internal static class Base64Url
{
    public static string Encode(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static byte[]? TryDecode(string text)
    {
        var buffer = new byte[text.Length];
        var base64 = text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(base64, buffer, out var length) ? buffer[..length] : null;
    }
}
