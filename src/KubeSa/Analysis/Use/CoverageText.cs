using System.Globalization;

namespace KubeSa.Analysis.Use;

/// <summary>Says what a log covers.</summary>
internal static class CoverageText
{
    /// <summary>The log in one sentence.</summary>
    internal static string Summary(LogCoverage coverage) => string.Create(
        CultureInfo.InvariantCulture,
        $"Read {coverage.Events} events from {Time(coverage.First)} to {Time(coverage.Last)}, at the level {string.Join(", ", coverage.Levels.Keys)}; "
        + $"{coverage.Repeated} of them were further lines of the same requests, {coverage.Unauthenticated} were of nobody known, {coverage.Undecided} tell no decision, and {coverage.Damaged} lines were damaged.");

    internal static string Time(long ticks) => ticks == 0 ? "an unknown time" : new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
