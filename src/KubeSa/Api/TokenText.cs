using System.Globalization;

namespace KubeSa.Api;

/// <summary>
/// The one reader of bearer tokens as people and programs hand them over: typed, piped, in a file, a kubeconfig, a
/// credential plugin's answer or a mount. What copying leaves around a token is taken away; what is inside it and cannot be
/// sent (RFC 6750, section 2.1) is an error before anything is sent. Whether the token is a JWT is another question: a
/// connection's token may be any text.
/// </summary>
internal static class TokenText
{
    private const string Scheme = "Bearer";
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>The token without blanks, line breaks, a byte order mark and the word Bearer around it; perhaps empty.</summary>
    internal static string Trim(string text)
    {
        var token = TrimEnds(text);
        return HasScheme(token) ? TrimEnds(token[Scheme.Length..]) : token;
    }

    /// <summary>Whether the word Bearer stands before the token. Other programs send it with the token and are refused.</summary>
    internal static bool StartsWithScheme(string text) => HasScheme(TrimEnds(text));

    /// <summary>What is in a trimmed token that cannot be sent, as a part of a sentence; null where nothing is. Never repeats the token.</summary>
    internal static string? Fault(string token)
    {
        var at = token.AsSpan().IndexOfAnyExceptInRange('!', '~');
        return at < 0 ? null : $"it has {Name(token, at)} inside, at character {at + 1} of {token.Length}";
    }

    /// <summary>The token as it is to be sent, perhaps empty; InvalidToken where it cannot be sent.</summary>
    /// <param name="text">The text that was handed over.</param>
    /// <param name="whose">Where it stands, as the subject of a sentence, such as <c>The token in the file '/a'</c>.</param>
    /// <param name="target">What the error is about.</param>
    internal static string Read(string text, string whose, string? target)
    {
        var token = Trim(text);
        return Fault(token) is { } fault
            ? throw new KubeApiException(
                FailureKind.InvalidToken,
                $"{whose} cannot be sent: {fault}. Copy the whole token again, on one line and with nothing else.",
                target)
            : token;
    }

    private static bool HasScheme(string token) =>
        token.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && (token.Length == Scheme.Length || char.IsWhiteSpace(token[Scheme.Length]));

    private static string TrimEnds(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsAround(text[start]))
        {
            start++;
        }

        while (end > start && IsAround(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    private static bool IsAround(char character) => char.IsWhiteSpace(character) || character == ByteOrderMark;

    private static string Name(string token, int at) => token[at] switch
    {
        '\r' or '\n' => "a line break",
        '\t' => "a tab",
        ' ' => "a space",
        '\0' => "a NUL character",
        var other => string.Create(CultureInfo.InvariantCulture, $"the character U+{(int)other:X4}"),
    };
}
