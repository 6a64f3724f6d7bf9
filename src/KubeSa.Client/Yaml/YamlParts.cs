namespace KubeSa.Client.Yaml;

/// <summary>
/// Splits a YAML stream at its markers, so that a damaged document ends where the next one begins. A line that begins
/// with three dashes or dots is a marker wherever it stands (YAML 1.2, rule c-forbidden).
/// </summary>
internal static class YamlParts
{
    /// <summary>The parts, each with the line it begins in.</summary>
    internal static IEnumerable<(string Text, long Line)> Of(string text)
    {
        var (begin, beginLine, line) = (0, 1L, 1L);
        var hasContent = false;
        for (var at = text.StartsWith('\uFEFF') ? 1 : 0; at < text.Length; line++)
        {
            var end = text.AsSpan(at).IndexOfAny('\r', '\n') is var length and >= 0 ? at + length : text.Length;
            var content = text.AsSpan(at, end - at);
            var next = end + (text.AsSpan(end).StartsWith("\r\n") ? 2 : 1);
            if (IsMarker(content, "---") && hasContent)
            {
                yield return (text[begin..at], beginLine);
                (begin, beginLine, hasContent) = (at, line, true);
            }
            else if (IsMarker(content, "...") && hasContent)
            {
                var after = Math.Min(next, text.Length);
                yield return (text[begin..after], beginLine);
                (begin, beginLine, hasContent) = (after, line + 1, false);
            }
            else
            {
                // Directives and comments belong to the document behind them.
                hasContent |= content.TrimStart() is not [] and not ['%' or '#', ..];
            }

            at = next;
        }

        if (begin < text.Length)
        {
            yield return (begin == 0 ? text : text[begin..], beginLine);
        }
    }

    private static bool IsMarker(ReadOnlySpan<char> line, string marker) =>
        line.StartsWith(marker, StringComparison.Ordinal) && (line.Length == marker.Length || line[marker.Length] is ' ' or '\t');
}
