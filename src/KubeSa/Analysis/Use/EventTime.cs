using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace KubeSa.Analysis.Use;

/// <summary>Reads the times of events: RFC 3339 in UTC with up to nine digits of a second, as Kubernetes writes them.</summary>
internal static class EventTime
{
    // No audit log is older than the feature, and no clock is that wrong; days are kept as bits, so the span must have a bound.
    private static readonly long Earliest = new DateTime(2014, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly long Latest = new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>The time in ticks of UTC; 0 where it is none, or one that cannot be.</summary>
    internal static long Ticks(ReadOnlySpan<byte> text)
    {
        var ticks = Plain(text) ?? Other(text);
        return IsPossible(ticks) ? ticks : 0;
    }

    /// <summary>Whether a log can be of that time.</summary>
    internal static bool IsPossible(long ticks) => ticks >= Earliest && ticks < Latest;

    private static long? Plain(ReadOnlySpan<byte> text)
    {
        if (text.Length < 20 || text[^1] != 'Z' || text[10] != 'T' || text[19] is not ((byte)'.' or (byte)'Z'))
        {
            return null;
        }

        if (Number(text[..4]) is not (>= 1 and var year) || Number(text[5..7]) is not (>= 1 and <= 12 and var month)
            || Number(text[8..10]) is not (>= 1 and var day) || day > DateTime.DaysInMonth(year, month)
            || Number(text[11..13]) is not (>= 0 and < 24 and var hour) || Number(text[14..16]) is not (>= 0 and < 60 and var minute)
            || Number(text[17..19]) is not (>= 0 and < 60 and var second))
        {
            return null;
        }

        var ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks;
        var unit = TimeSpan.TicksPerSecond;
        for (var i = 20; i < text.Length - 1; i++)
        {
            if (!char.IsAsciiDigit((char)text[i]))
            {
                return null;
            }

            unit /= 10;
            ticks += (text[i] - '0') * unit;
        }

        return ticks;
    }

    private static int Number(ReadOnlySpan<byte> digits) => Utf8Parser.TryParse(digits, out int number, out var used) && used == digits.Length ? number : -1;

    private static long Other(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and < 64
        && DateTimeOffset.TryParse(Encoding.ASCII.GetString(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcTicks
            : 0;
}
