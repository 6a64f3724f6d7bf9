using System.Globalization;
using System.Text;

namespace KubeSa.Secrecy;

/// <summary>
/// What a word may be another way of writing: read backwards, or decoded from percent signs, hexadecimal digits or base64
/// of either alphabet. Bytes are given a character each.
/// </summary>
internal static class EncodedForms
{
    private static readonly char[] NotHex = [.. Enumerable.Range(0, 128).Select(code => (char)code).Where(character => !char.IsAsciiHexDigit(character))];

    /// <summary>The words that this one may stand for; of base64 at each place where a group of four may begin.</summary>
    internal static IEnumerable<string> Of(string word)
    {
        yield return string.Create(word.Length, word, static (turned, source) =>
        {
            source.CopyTo(turned);
            turned.Reverse();
        });
        if (word.Contains('%', StringComparison.Ordinal))
        {
            yield return FromPercent(word);
        }

        foreach (var digits in word.Split(NotHex, StringSplitOptions.RemoveEmptyEntries).Where(digits => digits.Length >= 2 * KnownSecret.Piece))
        {
            yield return FromHex(digits);
            yield return FromHex(digits[1..]);
        }

        // A dot is in no base64, but in every token: what stands before one and behind it is decoded by itself.
        foreach (var part in word.Split('.', '%', '~', '='))
        {
            for (var start = 0; start < 4 && part.Length - start > KnownSecret.Piece; start++)
            {
                yield return Encoding.Latin1.GetString(FromBase64(part.AsSpan(start)));
            }
        }
    }

    /// <summary>The bytes of base64 without regard to padding; up to the first character that is none.</summary>
    internal static byte[] FromBase64(ReadOnlySpan<char> text)
    {
        var bytes = new byte[(text.Length * 3 / 4) + 3];
        int count = 0, bits = 0, held = 0;
        foreach (var character in text)
        {
            var value = Value(character);
            if (value < 0)
            {
                break;
            }

            held = ((held << 6) | value) & 0xFFFF;
            bits += 6;
            if (bits >= 8)
            {
                bits -= 8;
                bytes[count++] = (byte)(held >> bits);
            }
        }

        return bytes[..count];
    }

    private static int Value(char character) => character switch
    {
        >= 'A' and <= 'Z' => character - 'A',
        >= 'a' and <= 'z' => character - 'a' + 26,
        >= '0' and <= '9' => character - '0' + 52,
        '+' or '-' => 62,
        '/' or '_' => 63,
        _ => -1,
    };

    private static string FromHex(string digits)
    {
        var plain = new StringBuilder(digits.Length / 2);
        for (var at = 0; at + 1 < digits.Length; at += 2)
        {
            plain.Append(Byte(digits, at));
        }

        return plain.ToString();
    }

    private static char Byte(string text, int at) => (char)byte.Parse(text.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string FromPercent(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '%' && at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]))
            {
                plain.Append(Byte(text, at + 1));
                at += 2;
            }
            else
            {
                plain.Append(text[at]);
            }
        }

        return plain.ToString();
    }

    /// <summary>Whether it may be something that people wrote, and may be a way of writing something again.</summary>
    internal static bool IsPlain(string text)
    {
        var odd = 0;
        foreach (var character in text)
        {
            odd += character is < ' ' or > '~' ? 1 : 0;
        }

        return odd * 10 <= text.Length;
    }
}
