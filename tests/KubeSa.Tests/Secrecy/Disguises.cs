using System.Text;

namespace KubeSa.Tests.Secrecy;

/// <summary>The ways in which a server may write a credential back.</summary>
internal static class Disguises
{
    internal static readonly string Jwt = string.Join(
        '.',
        Base64Url("""{"alg":"ES256","kid":"echoed-key"}"""u8.ToArray()),
        Base64Url("""{"iss":"https://kubernetes.default.svc","exp":4102444800,"sub":"system:serviceaccount:team-a:web","kubernetes.io":{"namespace":"team-a","serviceaccount":{"name":"web","uid":"u-web"}}}"""u8.ToArray()),
        Base64Url([.. Enumerable.Range(0, 64).Select(i => (byte)((i * 89) + 41))]));

    internal const string Opaque = "q7Zx-3fKp9Lw+T2v/Rm8Yd5Hn6Bc1Jg4s0Xe";

    /// <summary>The forms by name; each is applied to what was shown to the server.</summary>
    internal static IReadOnlyDictionary<string, Func<string, string>> All { get; } = new Dictionary<string, Func<string, string>>
    {
        ["whole"] = token => token,
        ["header"] = token => $"Authorization: Bearer {token}",
        ["first part"] = token => Parts(token)[0],
        ["middle part"] = token => Parts(token)[1],
        ["signature only"] = token => Parts(token)[^1],
        ["cut short"] = token => token[..(token.Length * 2 / 3)],
        ["base64"] = token => Convert.ToBase64String(Encoding.UTF8.GetBytes(token)),
        ["base64 of the header"] = token => Convert.ToBase64String(Encoding.UTF8.GetBytes($"Bearer {token}")),
        ["base64 inside of other text"] = token => $"x.{Convert.ToBase64String(Encoding.UTF8.GetBytes($"ab{token}"))}",
        ["base64url"] = token => Base64Url(Encoding.UTF8.GetBytes(token)),
        ["signature in the other base64"] = token => Parts(token)[^1].Replace('-', '+').Replace('_', '/'),
        ["signature's bytes in hex"] = token => token == Jwt ? Convert.ToHexString(Bytes(Parts(token)[^1])) : token,
        ["url-encoded"] = token => Uri.EscapeDataString(token).Replace(".", "%2E", StringComparison.Ordinal),
        ["url-encoded twice"] = token => Uri.EscapeDataString(Uri.EscapeDataString(token)),
        ["url-encoded to the last letter"] = token => string.Concat(token.Select(c => $"%{(int)c:x2}")),
        ["hex"] = token => Convert.ToHexString(Encoding.UTF8.GetBytes(token)),
        ["hex in small letters"] = token => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(token)),
        ["reversed"] = token => Reversed(token),
        ["base64, reversed"] = token => Reversed(Convert.ToBase64String(Encoding.UTF8.GetBytes(token))),
        ["base64 of the reversed"] = token => Convert.ToBase64String(Encoding.UTF8.GetBytes(Reversed(token))),
        ["hidden by zero-width spaces"] = token => string.Join('\u200b', token.ToCharArray()),
    };

    /// <summary>What must be found nowhere: any 20 characters of the disguised token that are not text of everybody's.</summary>
    internal static IEnumerable<string> Pieces(string token) => All.Values
        .SelectMany(disguise => Slices(disguise(token)))
        .Concat(Slices(string.Concat(token.Select(c => $"%{(int)c:X2}"))))
        .Where(piece => !piece.Contains("Authorization", StringComparison.Ordinal) && !piece.Contains("Bearer", StringComparison.Ordinal))
        .Distinct();

    private static IEnumerable<string> Slices(string text)
    {
        const int Length = 20;
        var plain = text.Replace("\u200b", string.Empty, StringComparison.Ordinal);
        for (var at = 0; at + Length <= plain.Length; at += Length)
        {
            yield return plain.Substring(at, Length);
        }
    }

    internal static string Reversed(string text)
    {
        var turned = text.ToCharArray();
        Array.Reverse(turned);
        return new string(turned);
    }

    private static string[] Parts(string token) => token.Split('.') is { Length: > 1 } parts ? parts : [token[..^8], token[4..^4], token[^18..]];

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static byte[] Bytes(string base64Url) =>
        Convert.FromBase64String(base64Url.Replace('-', '+').Replace('_', '/').PadRight((base64Url.Length + 3) / 4 * 4, '='));
}
