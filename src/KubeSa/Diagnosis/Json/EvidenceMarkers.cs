namespace KubeSa.Diagnosis;

/// <summary>The lines around evidence in a log, where other output may stand before and after it.</summary>
internal static class EvidenceMarkers
{
    internal const string Begin = "-----BEGIN KUBESA EVIDENCE-----";
    internal const string End = "-----END KUBESA EVIDENCE-----";

    /// <summary>What stands between the markers, the last time they come; null where they do not.</summary>
    internal static string? Find(string text)
    {
        var end = text.LastIndexOf(End, StringComparison.Ordinal);
        var begin = end < 0 ? -1 : text.LastIndexOf(Begin, end, StringComparison.Ordinal);
        return begin < 0 ? null : text[(begin + Begin.Length)..end];
    }
}
