using System.Text.Json;

namespace KubeSa.Client.Snapshot;

/// <summary>One list that a snapshot is made of.</summary>
/// <param name="Part">What it is, by the names of SnapshotParts.</param>
/// <param name="Paths">The API versions that may have it, the newest first: <c>apis/batch/v1</c>.</param>
/// <param name="Namespaced">Whether its objects live in namespaces.</param>
/// <param name="Map">Makes of an object what the snapshot holds; null for one that does not matter.</param>
/// <param name="Key">Where the store keeps it: <c>namespace/name</c>.</param>
internal sealed record PartList<T>(string Part, string[] Paths, bool Namespaced, Func<JsonElement, T?> Map, Func<T, string> Key)
    where T : class
{
    private const string Metadata = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

    /// <summary>Whether nothing but metadata is asked for; with no other form accepted, so that a server without it sends nothing more.</summary>
    public bool MetadataOnly { get; init; }

    /// <summary>Which of them; null for all.</summary>
    public string? FieldSelector { get; init; }

    internal string Accept => MetadataOnly ? Metadata : "application/json";

    /// <summary>The resource in the plural, without its group.</summary>
    internal string Plural => Part.Split('.')[0];
}
