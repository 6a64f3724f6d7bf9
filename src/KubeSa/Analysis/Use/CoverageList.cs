using System.Globalization;

namespace KubeSa.Analysis.Use;

/// <summary>Makes what people see of a log's coverage.</summary>
internal static class CoverageList
{
    // An hour may be left out by chance in the log of an idle test cluster; of two, leases alone would tell.
    private const int ShortestGap = 2;

    internal static AccessUseCoverage Of(LogCoverage coverage) => new()
    {
        First = UseList.Local(coverage.First),
        Last = UseList.Local(coverage.Last),
        Days = coverage.Hours.Numbers.Select(hour => hour / 24).Distinct().Count(),
        Gaps = [.. Gaps(coverage)],
        Levels = [.. coverage.Levels.Keys],
        Kinds = coverage.Kinds.Count,
        Files = coverage.Files,
        Events = coverage.Events,
        Repeated = coverage.Repeated,
        Unauthenticated = coverage.Unauthenticated,
        Undecided = coverage.Undecided,
        DamagedLines = coverage.Damaged,
        OtherRecords = coverage.Others,
    };

    /// <summary>The hours without an event, as the first that is empty and the first that is not.</summary>
    internal static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> GapsOf(LogCoverage coverage)
    {
        int? before = null;
        foreach (var hour in coverage.Hours.Numbers)
        {
            if (before is { } last && hour - last > ShortestGap)
            {
                yield return (coverage.Hours.StartOf(last + 1), coverage.Hours.StartOf(hour));
            }

            before = hour;
        }
    }

    private static IEnumerable<string> Gaps(LogCoverage coverage) => GapsOf(coverage).Select(gap => $"{Text(gap.From)} to {Text(gap.To)}");

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
}
