using System.Globalization;

namespace KubeSa.Diagnosis;

/// <summary>How details put things.</summary>
internal static class ReportPhrases
{
    /// <summary>A time in UTC, so that it can be compared with those of logs.</summary>
    internal static string Time(DateTimeOffset time) => UtcTime.Of(time);

    internal static string Time(DateTime time) => UtcTime.Of(time);

    /// <summary>The account of a token as <c>namespace/name</c>; null where the token is of none.</summary>
    internal static string? Account(TokenInfo? token) => token is { Namespace: { } ns, ServiceAccount: { } name } ? $"{ns}/{name}" : null;

    /// <summary>The first of these words with the second put before it, or null.</summary>
    internal static string? Prefixed(string? text, string prefix) => text is null ? null : prefix + text;

    /// <summary>A duration, to two units.</summary>
    internal static string Span(TimeSpan span) => span.Duration() switch
    {
        { TotalDays: >= 1 } s => $"{s.Days} d {s.Hours} h",
        { TotalHours: >= 1 } s => $"{s.Hours} h {s.Minutes} min",
        { TotalMinutes: >= 1 } s => $"{s.Minutes} min {s.Seconds} s",
        { TotalSeconds: >= 1 } s => $"{s.Seconds} s",
        { } s => $"{(int)s.TotalMilliseconds} ms",
    };

    internal static string Scope(string? @namespace) => @namespace is null ? "in the cluster" : $"in namespace {@namespace}";

    /// <summary>"There are 14 pods in the cluster": what the program of the story logs.</summary>
    internal static string ThereAre(int count, bool atLeast, AccessQuestion question)
    {
        var resource = question.Resource.Split('.')[0];
        var number = atLeast ? $"at least {count}" : count.ToString(CultureInfo.InvariantCulture);
        return count == 1 && !atLeast
            ? $"There is 1 {Singular(resource)} {Scope(question.Namespace)}"
            : $"There are {number} {resource} {Scope(question.Namespace)}";
    }

    internal static string List(IEnumerable<string> items, string none = "none")
    {
        var text = string.Join(", ", items.Select(i => $"'{i}'"));
        return text.Length == 0 ? none : text;
    }

    internal static string Certificate(CertificateEvidence certificate) =>
        $"'{certificate.Subject}', issued by '{certificate.Issuer}', valid from {Time(certificate.NotBefore)} to {Time(certificate.NotAfter)}";

    private static string Singular(string plural) => plural switch
    {
        _ when plural.EndsWith("ies", StringComparison.Ordinal) => plural[..^3] + "y",
        _ when plural.EndsWith("sses", StringComparison.Ordinal) => plural[..^2],
        _ when plural.EndsWith('s') && plural != "endpoints" => plural[..^1],
        _ => plural,
    };
}
