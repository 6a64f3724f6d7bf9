using KubeSa.Analysis.Snapshot;

namespace KubeSa.Api;

/// <summary>What decides who may do what in a whole cluster, at once.</summary>
internal interface ISnapshotApi
{
    /// <summary>
    /// Gathers it, in pages and in parallel. What the caller may not read is noted in the snapshot; a failure is thrown only where the
    /// server cannot be reached, refuses the credentials, or lets nothing be read at all. No Secret's data is asked for.
    /// </summary>
    Task<AccessSnapshot> TakeSnapshotAsync(CallContext call);
}
