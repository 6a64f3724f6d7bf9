namespace KubeSa.Contract.Replay;

/// <summary>The order in time, where it is not the order of the names.</summary>
internal static class RecordingOrder
{
    // On 1.36 these were asked long after, when the store had been compacted (their resourceVersions tell).
    private static readonly string[] LateOn136 = ["04-33", "04-34", "04-35", "16-04"];

    // These followed the one before faster than the controllers did their work.
    private static readonly string[] AtOnce = ["07-21", "07-22", "07-23", "08-08", "17-34"];

    // In subject 9 the clock stands altogether: what 1.20 issues twice within a second is the same token, and was.
    public static bool IsAtOnce(Recording recording) =>
        AtOnce.Contains(recording.Place) || recording.Place.StartsWith("09", StringComparison.Ordinal);

    public static IEnumerable<Recording> Of(string version, IReadOnlyList<Recording> recordings)
    {
        if (version == "1.20")
        {
            return recordings;
        }

        var late = recordings.Where(r => LateOn136.Contains(r.Place)).ToList();
        var others = recordings.Except(late).ToList();
        var end = others.FindIndex(r => r.Place == "20-26");
        return [.. others[..end], .. late, .. others[end..]];
    }
}
