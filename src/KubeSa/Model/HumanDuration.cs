using System.Globalization;

namespace KubeSa;

/// <summary>
/// Writes a duration as kubectl does in its column AGE: <c>140d</c>, <c>2m56s</c>
/// (k8s.io/apimachinery/pkg/util/duration, HumanDuration). The module's views call it.
/// </summary>
public static class HumanDuration
{
    /// <summary>The duration in at most two units; <c>&lt;unknown&gt;</c> for none.</summary>
    public static string Of(TimeSpan? duration)
    {
        if (duration is not { } span)
        {
            return "<unknown>";
        }

        var seconds = (long)Math.Max(0, span.TotalSeconds);
        var minutes = seconds / 60;
        var hours = minutes / 60;
        var days = hours / 24;
        return (seconds, minutes, hours) switch
        {
            ( < 120, _, _) => Units(seconds, "s"),
            (_, < 10, _) => Units(minutes, "m", seconds % 60, "s"),
            (_, < 180, _) => Units(minutes, "m"),
            (_, _, < 8) => Units(hours, "h", minutes % 60, "m"),
            (_, _, < 48) => Units(hours, "h"),
            (_, _, < 24 * 8) => Units(days, "d", hours % 24, "h"),
            (_, _, < 24 * 365 * 2) => Units(days, "d"),
            (_, _, < 24 * 365 * 8) => Units(days / 365, "y", days % 365, "d"),
            _ => Units(days / 365, "y"),
        };
    }

    private static string Units(long count, string unit, long rest = 0, string restUnit = "") =>
        string.Create(CultureInfo.InvariantCulture, $"{count}{unit}") + (rest == 0 ? string.Empty : Units(rest, restUnit));
}
