namespace KubeSa.Contract.Soak;

/// <summary>What a soak came to. Memory is what lives after a collection, in bytes; handles are the files and sockets that are open.</summary>
internal sealed record SoakResult(
    int Calls, int Retries, int Rotations, IReadOnlyList<string> Failures, (long Memory, int Handles) Early, (long Memory, int Handles) Late)
{
    public override string ToString() =>
        $"{Calls} calls, {Retries} retries, {Rotations} tokens, {Failures.Count} failures; "
        + $"{Early.Memory / 1024} KiB and {Early.Handles} handles early, {Late.Memory / 1024} KiB and {Late.Handles} late";
}
