using System.Globalization;

namespace KubeSa.Sandbox;

/// <summary>Times as Kubernetes writes them.</summary>
internal static class Clock
{
    /// <summary>Now, in UTC, to the second: 2026-11-23T19:33:27Z.</summary>
    public static string Stamp(this TimeProvider time) => Format(time.GetUtcNow());

    public static string Format(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
