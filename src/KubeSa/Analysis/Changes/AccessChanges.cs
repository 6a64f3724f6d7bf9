using KubeSa.Analysis.Snapshot;

namespace KubeSa.Analysis.Changes;

/// <summary>All that was gained and lost between two snapshots, the gravest first.</summary>
internal static class AccessChanges
{
    internal static IReadOnlyList<AccessChange> Between(AccessSnapshot before, AccessSnapshot after) =>
    [
        .. PathChanges.Between(before, after).Concat(RightChanges.Between(before, after)).Concat(FindingChanges.Between(before, after))
            .OrderByDescending(change => change.Severity).ThenBy(change => change.Kind == AccessChangeKind.Path ? 0 : 1).ThenBy(change => change.Kind)
            .ThenBy(change => change.Subject, StringComparer.Ordinal).ThenBy(change => change.What, StringComparer.Ordinal),
    ];
}
