using System.Globalization;
using System.Text;

namespace KubeSa.Api;

/// <summary>
/// Text that is to travel as the value of an HTTP header (RFC 9110, section 5.5). A line break in it would begin another
/// header, or another request, of whatever the text goes on with. All else goes out as UTF-8.
/// </summary>
public static class HeaderText
{
    /// <summary>
    /// Throws InvalidRequest unless <paramref name="value"/> arrives as it is: without control characters and halves of
    /// characters, and, as HTTP cuts them off, without blanks at its ends. <paramref name="what"/> says in the message what
    /// it is; the value itself is not quoted.
    /// </summary>
    public static string Require(string value, string what)
    {
        var problem = Problem(value) ?? (value.Length > 0 && (value[0] == ' ' || value[^1] == ' ') ? "begins or ends with a blank, which HTTP cuts off" : null);
        return problem is null
            ? value
            : throw new KubeApiException(FailureKind.InvalidRequest, $"{what} {problem}, so it cannot be sent. Nothing was sent. See where the text comes from.", what);
    }

    /// <summary>Throws InvalidRequest where a credential has in it what may not stand in a header; never quotes it.</summary>
    public static void RequireCredential(string? value, string what)
    {
        if (value is not null && Problem(value) is { } problem)
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"{what} {problem}, so it cannot be sent. Nothing was sent. See where it comes from, and whether it is whole.", what);
        }
    }

    private static string? Problem(string value)
    {
        for (var i = 0; i < value.Length;)
        {
            if (!Rune.TryGetRuneAt(value, i, out var rune))
            {
                return string.Create(CultureInfo.InvariantCulture, $"holds half of a character (U+{(int)value[i]:X4} at position {i + 1})");
            }

            if (Rune.IsControl(rune))
            {
                return string.Create(CultureInfo.InvariantCulture, $"holds a control character (U+{rune.Value:X4} at position {i + 1})");
            }

            i += rune.Utf16SequenceLength;
        }

        return null;
    }
}
