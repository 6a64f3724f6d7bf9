using System.Globalization;

namespace KubeSa;

/// <summary>The one place that turns a time of creation into an age.</summary>
internal static class Ages
{
    /// <summary>The same as text, <c>140.03:22:11</c>: ConvertTo-Json makes fifteen fields of a TimeSpan.</summary>
    internal static string? TextSince(DateTime? then) => Since(then)?.ToString("c", CultureInfo.InvariantCulture);

    /// <summary>The time since <paramref name="then"/>, never negative (clocks differ), to the second.</summary>
    internal static TimeSpan? Since(DateTime? then)
    {
        if (then is not { } time)
        {
            return null;
        }

        var age = DateTime.UtcNow - time.ToUniversalTime();
        return age < TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Floor(age.TotalSeconds));
    }
}
