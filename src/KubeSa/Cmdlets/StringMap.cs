using System.Collections;
using System.Globalization;

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
            map[Text(entry.Key)] = entry.Value is null ? null : Text(entry.Value);
        }

        return map;
    }

    // Kubernetes writes true and false in lower case, .NET does not.
    private static string Text(object? value) => value switch
    {
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };
}
