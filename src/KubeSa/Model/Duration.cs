using System.Globalization;
using System.Text.RegularExpressions;

namespace KubeSa;

/// <summary>
/// A span of time as people write it: <c>24h</c>, <c>90m</c>, <c>7d</c>, <c>1h30m</c>, <c>24:00</c> and <c>1:00:00</c> in hours,
/// minutes and seconds, <c>1.12:00</c> with days before them. The same in every culture.
/// </summary>
public sealed partial class Duration
{
    private const string Forms = "Write 24h, 90m, 7d or 1h30m, or hours and minutes as in 1:30, with seconds 1:00:00.";
    private const int LongestQuote = 40;

    /// <summary>Takes a span of time as it is.</summary>
    public Duration(TimeSpan value) => Value = value;

    /// <summary>Reads a text; where it is none, <see cref="Value"/> is zero and the cmdlet says so.</summary>
    public Duration(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var value = ByUnits(text) ?? ByColons(text);
        Value = value ?? TimeSpan.Zero;
        Problem = value is null ? ProblemOf(text.Trim()) : null;
    }

    /// <summary>How long it is; zero where the text was none.</summary>
    public TimeSpan Value { get; }

    /// <summary>Why the text is no span of time; null where it is one.</summary>
    internal string? Problem { get; }

    /// <summary>The span as .NET writes it, <c>1.02:03:04</c>.</summary>
    public override string ToString() => Value.ToString("c", CultureInfo.InvariantCulture);

    private static TimeSpan? ByUnits(string text)
    {
        var found = Units().Match(text);
        if (!found.Success)
        {
            return null;
        }

        double Of(string unit, int seconds) =>
            found.Groups[unit] is { Success: true } part ? double.Parse(part.ValueSpan, CultureInfo.InvariantCulture) * seconds : 0;
        return FromSeconds(Of("w", 7 * 86_400) + Of("d", 86_400) + Of("h", 3600) + Of("m", 60) + Of("s", 1));
    }

    // TimeSpan.Parse reads 24:00 as 24 days, and 36:00:00 not at all.
    private static TimeSpan? ByColons(string text)
    {
        var found = Colons().Match(text);
        if (!found.Success)
        {
            return null;
        }

        double Of(string part) =>
            found.Groups[part] is { Success: true } number ? double.Parse(number.ValueSpan, CultureInfo.InvariantCulture) : 0;
        return Of("m") >= 60 || Of("s") >= 60 || (found.Groups["d"].Success && Of("h") >= 24)
            ? null
            : FromSeconds((Of("d") * 86_400) + (Of("h") * 3600) + (Of("m") * 60) + Of("s"));
    }

    private static TimeSpan FromSeconds(double seconds) =>
        seconds >= TimeSpan.MaxValue.TotalSeconds ? TimeSpan.MaxValue : TimeSpan.FromSeconds(seconds);

    private static string ProblemOf(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        ? $"{text} was asked for: PowerShell counts a bare number as {text} ticks of a ten-millionth of a second. Write a time, such as 1:00:00 for an hour."
        : $"'{(text.Length > LongestQuote ? text[..LongestQuote] + "..." : text)}' is not a span of time. {Forms}";

    [GeneratedRegex(@"^\s*(?=[0-9])(?:(?<w>[0-9]+(?:\.[0-9]+)?)\s*[wW]\s*)?(?:(?<d>[0-9]+(?:\.[0-9]+)?)\s*[dD]\s*)?(?:(?<h>[0-9]+(?:\.[0-9]+)?)\s*[hH]\s*)?(?:(?<m>[0-9]+(?:\.[0-9]+)?)\s*[mM]\s*)?(?:(?<s>[0-9]+(?:\.[0-9]+)?)\s*[sS]\s*)?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Units();

    [GeneratedRegex(@"^\s*(?:(?<d>[0-9]+)\.)?(?<h>[0-9]+):(?<m>[0-9]{1,2})(?::(?<s>[0-9]{1,2}(?:\.[0-9]+)?))?\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Colons();
}
