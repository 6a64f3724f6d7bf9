using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;

namespace KubeSa.Cmdlets;

/// <summary>Turns a hashtable as users type it into the text-to-text map that Kubernetes has.</summary>
internal static class StringMap
{
    internal static IReadOnlyDictionary<string, string>? From(IDictionary? table)
    {
        if (table is null)
        {
            return null;
        }

        var map = new Dictionary<string, string>(table.Count);
        foreach (DictionaryEntry entry in table)
        {
            map[Text(entry.Key)] = Text(entry.Value);
        }

        return map;
    }

    /// <summary>The same, with a null for each key that is to be removed.</summary>
    internal static IReadOnlyDictionary<string, string?>? WithRemovals(IDictionary? table)
    {
        if (table is null)
        {
            return null;
        }

        var map = new Dictionary<string, string?>(table.Count);
        foreach (DictionaryEntry entry in table)
        {
            var value = Plain(entry.Value);
            map[Text(entry.Key)] = value is null ? null : Text(value);
        }

        return map;
    }

    // Kubernetes writes true and false in lower case and times by RFC 3339, .NET does neither.
    private static string Text(object? value) => Plain(value) switch
    {
        bool truth => truth ? "true" : "false",
        DateTime time => Time(time.ToUniversalTime()),
        DateTimeOffset time => Time(time.UtcDateTime),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? string.Empty,
    };

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>What a command gave comes wrapped, and nothing at all as an object of its own.</summary>
    private static object? Plain(object? value) => value switch
    {
        _ when ReferenceEquals(value, AutomationNull.Value) => null,
        PSObject wrapped => wrapped.BaseObject,
        _ => value,
    };
}
