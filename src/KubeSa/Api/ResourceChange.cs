namespace KubeSa.Api;

/// <summary>What happened to an object that is watched.</summary>
public enum ResourceChangeKind
{
    /// <summary>It is there, or has begun to match.</summary>
    Added,

    /// <summary>It was changed.</summary>
    Modified,

    /// <summary>It is deleted, or no longer matches.</summary>
    Deleted,
}

/// <summary>A change of an object that is watched.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Item">
/// The object as it is now; a deleted one as it was last. Where a deletion was found by comparing alone, nothing is known of it
/// but its kind, namespace, name, uid and last resourceVersion.
/// </param>
public sealed record ResourceChange(ResourceChangeKind Kind, ResourceItem Item);

/// <summary>What to watch.</summary>
/// <param name="Query">The objects.</param>
public sealed record ResourceWatch(ResourceQuery Query)
{
    /// <summary>Whether an object of that namespace and name is wanted; null for all. Of the others nothing is kept.</summary>
    public Func<string, string, bool>? IsWanted { get; init; }

    /// <summary>How long to watch; null for as long as the call is not stopped.</summary>
    public TimeSpan? Limit { get; init; }
}

/// <summary>Changes that came together.</summary>
/// <param name="Changes">The changes, in the server's order.</param>
public sealed record ResourceChanges(IReadOnlyList<ResourceChange> Changes)
{
    /// <summary>A failure for each object that cannot be read. They do not keep the others back, and are told.</summary>
    public IReadOnlyList<KubeApiException> Failures { get; init; } = [];

    /// <summary>Whether with these all objects have been told that were there at the beginning.</summary>
    public bool EndsList { get; init; }
}
