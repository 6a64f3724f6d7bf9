using System.Globalization;

namespace KubeSa;

/// <summary>
/// The one form in which sentences tell a time: ISO 8601 in UTC with a Z, in every culture and time zone, so that it can be compared
/// with logs and with what the properties show.
/// </summary>
internal static class UtcTime
{
    internal static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    internal static string Of(DateTime time) => Of(new DateTimeOffset(time.ToUniversalTime()));
}
