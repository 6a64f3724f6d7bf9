using System.Collections;
using System.Globalization;
using KubeSa.Api;

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
            var value = ScalarText.Unwrap(entry.Value);
            map[Text(entry.Key)] = value is null ? null : Text(value);
        }

        return map;
    }

    // Kubernetes writes true and false in lower case and times by RFC 3339, .NET does neither.
    private static string Text(object? value) => ScalarText.Unwrap(value) switch
    {
        bool truth => truth ? "true" : "false",
        DateTime time => Time(time.ToUniversalTime()),
        DateTimeOffset time => Time(time.UtcDateTime),
        var other => ScalarText.TryGet(other, out var text) ? RequireUnicode(text ?? string.Empty) : throw NoText(other!),
    };

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // Half a surrogate pair cannot be sent in JSON.
    private static string RequireUnicode(string text) => IsUnicode(text)
        ? text
        : throw new KubeApiException(FailureKind.InvalidRequest, "A key or value holds text that is not valid Unicode, half a surrogate pair.");

    private static bool IsUnicode(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (System.Text.Rune.DecodeFromUtf16(text, out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }

    private static KubeApiException NoText(object value) => new(
        FailureKind.InvalidRequest,
        $"A value is of type {value.GetType().Name}, and labels and annotations are text. Give texts, or the JSON of an object (ConvertTo-Json -Compress).");
}
