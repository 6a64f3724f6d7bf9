using System.Globalization;

namespace KubeSa.Analysis.Use;

/// <summary>How long a CronJob may pause between two runs, by its schedule.</summary>
internal static class CronInterval
{
    /// <summary>The days that one full round takes; null for a text that is no schedule, of which nothing is known.</summary>
    internal static int? Days(string? schedule)
    {
        if (schedule is null)
        {
            return null;
        }

        var text = schedule.Trim();
        if (text.StartsWith("TZ=", StringComparison.Ordinal) || text.StartsWith("CRON_TZ=", StringComparison.Ordinal))
        {
            text = text[(text.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim();
        }

        switch (text)
        {
            case "@yearly" or "@annually":
                return 366;
            case "@monthly":
                return 31;
            case "@weekly":
                return 7;
            case "@daily" or "@midnight" or "@hourly":
                return 1;
        }

        if (text.StartsWith("@every ", StringComparison.Ordinal))
        {
            var every = new Duration(text["@every ".Length..]);
            return every.Problem is null ? Math.Max(1, (int)Math.Ceiling(every.Value.TotalDays)) : null;
        }

        return text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, var day, var month, var weekday] ? Days(day, month, weekday) : null;
    }

    private static int? Days(string day, string month, string weekday)
    {
        // Steps and lists only make it more often than the pause told here.
        var (anyDay, anyWeekday) = (IsAny(day), IsAny(weekday));
        if (!IsAny(month))
        {
            return 366;
        }

        return anyDay && anyWeekday ? 1
            : !anyWeekday ? 7
            : int.TryParse(day.Split('/') is ["*", var step] ? step : "31", NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? Math.Clamp(days, 1, 31) : null;
    }

    private static bool IsAny(string field) => field is "*" or "?" or "*/1";
}
