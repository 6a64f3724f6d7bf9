namespace KubeSa.Diagnosis;

/// <summary>The lines around evidence in a log, where other output may stand before and after it.</summary>
internal static class EvidenceMarkers
{
    internal const string Begin = "-----BEGIN KUBESA EVIDENCE-----";
    internal const string End = "-----END KUBESA EVIDENCE-----";

    /// <summary>
    /// The object between the markers, the last time they come; null where they do not come. What kubectl puts before each
    /// line with --timestamps or --prefix is no part of it.
    /// </summary>
    internal static string? Find(string text)
    {
        var end = text.LastIndexOf(End, StringComparison.Ordinal);
        var begin = end < 0 ? -1 : text.LastIndexOf(Begin, end, StringComparison.Ordinal);
        if (begin < 0)
        {
            return null;
        }

        var block = text[(begin + Begin.Length)..end];
        var (first, last) = (block.IndexOf('{'), block.LastIndexOf('}'));
        return first < last ? block[first..(last + 1)] : block;
    }
}
