using System.Text.Json;
using KubeSa.Client.Json;

namespace KubeSa.Client.Tokens;

/// <summary>Reads claims that may be missing or of another type than they should be: both are null, never an exception.</summary>
internal static class Claims
{
    internal static JsonElement? Object(JsonElement? parent, string name) =>
        SafeJson.Find(parent, name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    internal static string? Text(JsonElement? parent, string name) =>
        SafeJson.Text(parent, name);

    /// <summary>One string or an array of them (RFC 7519, section 4.1.3).</summary>
    internal static IReadOnlyList<string> Texts(JsonElement? parent, string name) => SafeJson.Find(parent, name) switch
    {
        { ValueKind: JsonValueKind.String } value => SafeJson.TextOf(value) is { } text ? [text] : [],
        { ValueKind: JsonValueKind.Array } values =>
            [.. values.EnumerateArray().Select(SafeJson.TextOf).OfType<string>()],
        _ => [],
    };

    /// <summary>The names of all members, as often as they stand there; without those that are no text.</summary>
    internal static IEnumerable<string> Names(JsonElement parent)
    {
        foreach (var member in parent.EnumerateObject())
        {
            string? name;
            try
            {
                name = member.Name;
            }
            catch (InvalidOperationException)
            {
                name = null;
            }

            if (name is not null)
            {
                yield return name;
            }
        }
    }

    /// <summary>A NumericDate (RFC 7519, section 2: seconds since 1970, perhaps with a fraction) in local time.</summary>
    internal static DateTime? Time(JsonElement? parent, string name)
    {
        if (SafeJson.Find(parent, name) is not { ValueKind: JsonValueKind.Number } value || !value.TryGetDouble(out var seconds))
        {
            return null;
        }

        var ticks = seconds * TimeSpan.TicksPerSecond;
        return ticks >= 0 && ticks < (DateTime.MaxValue - DateTime.UnixEpoch).Ticks
            ? DateTime.UnixEpoch.AddTicks((long)ticks).ToLocalTime()
            : null;
    }
}
