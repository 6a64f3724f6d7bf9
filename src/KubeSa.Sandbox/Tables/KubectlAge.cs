using System.Globalization;

namespace KubeSa.Sandbox.Tables;

/// <summary>Ages as kubectl shows them: 7s, 2m19s, 26h, 140d.</summary>
internal static class KubectlAge
{
    public static string Since(string? timestamp, DateTimeOffset now) =>
        DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var then) ? Of(now - then) : "<unknown>";

    private static string Of(TimeSpan age)
    {
        var (seconds, minutes, hours, days) = ((long)age.TotalSeconds, (long)age.TotalMinutes, (long)age.TotalHours, (long)age.TotalDays);
        return age switch
        {
            _ when seconds < -1 => "<invalid>",
            _ when seconds < 0 => "0s",
            _ when seconds < 120 => $"{seconds}s",
            _ when minutes < 10 => With(minutes, "m", seconds % 60, "s"),
            _ when hours < 3 => $"{minutes}m",
            _ when hours < 8 => With(hours, "h", minutes % 60, "m"),
            _ when hours < 48 => $"{hours}h",
            _ when hours < 24 * 8 => With(days, "d", hours % 24, "h"),
            _ when days < 365 * 2 => $"{days}d",
            _ when days < 365 * 8 => With(days / 365, "y", days % 365, "d"),
            _ => $"{days / 365}y",
        };
    }

    private static string With(long first, string unit, long second, string smaller) =>
        second == 0 ? $"{first}{unit}" : $"{first}{unit}{second}{smaller}";
}
