using System.Text;
using System.Text.RegularExpressions;
using KubeSa.Api;

namespace KubeSa.Client.Secrets;

/// <summary>Texts without structure whose meaning is certain all the same: a token, one in base64, and Go's print of a map.</summary>
internal static partial class TokenTexts
{
    /// <summary>Whether a text has the form of a JSON Web Token: an encoded JSON object and two more parts.</summary>
    internal static bool IsToken(string text) => Token().IsMatch(text);

    /// <summary>The Secret that a token, or one in base64 (wrapped or not), stands for; null for all else.</summary>
    internal static SecretDocument? Read(string text)
    {
        var token = Bearer().Replace(text.Trim('\uFEFF', ' ', '\t', '\r', '\n'), string.Empty);
        return IsToken(token) ? CredentialForms.FromToken(token) : Decoded(token) is { } inner ? CredentialForms.FromToken(inner) : null;
    }

    /// <summary>The fields of <c>map[ca.crt:... token:...]</c>, as older kubectl prints <c>-o jsonpath={.data}</c>; null for all else.</summary>
    internal static Dictionary<string, object?>? ReadGoMap(string text)
    {
        var found = GoMap().Match(text);
        return found.Success
            ? found.Groups["key"].Captures.Zip(found.Groups["value"].Captures).DistinctBy(pair => pair.First.Value)
                .ToDictionary(pair => pair.First.Value, pair => (object?)pair.Second.Value)
            : null;
    }

    private static string? Decoded(string text)
    {
        if (!Base64().IsMatch(text))
        {
            return null;
        }

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Trim() is var token && IsToken(token)
            ? token
            : null;
    }

    [GeneratedRegex(@"^eyJ[A-Za-z0-9_-]+=*\.[A-Za-z0-9_-]+=*\.[A-Za-z0-9_-]*=*$", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    // {" in base64 is eyJ, and that in base64 again ZXlK.
    [GeneratedRegex(@"^ZXlK[A-Za-z0-9+/\s]*=*\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Base64();

    [GeneratedRegex(@"^Bearer\s+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Bearer();

    [GeneratedRegex(@"^\s*map\[(?:(?<key>[-._A-Za-z0-9]+):(?<value>[A-Za-z0-9+/=]*)(?: |(?=\])))+\]\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex GoMap();
}
