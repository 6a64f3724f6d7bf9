using System.Collections.Immutable;

namespace KubeSa.Sandbox.Storage;

/// <summary>All objects of a resource as they were at one revision, in the order of lists; none of them changed after LastChange.</summary>
public sealed record ResourceSnapshot(long Revision, long LastChange, ImmutableSortedSet<StoredObject> Items)
{
    internal static IComparer<StoredObject> ByKey { get; } =
        Comparer<StoredObject>.Create((a, b) => string.CompareOrdinal(a.Key, b.Key));

    /// <summary>The objects of a namespace (all for an empty one), from behind <paramref name="afterKey"/> on; found by search, not by walking.</summary>
    public IEnumerable<StoredObject> From(string ns, string? afterKey = null)
    {
        var start = afterKey is not null ? IndexBehind(afterKey) : ns.Length == 0 ? 0 : IndexBehind(ns + "/");
        for (var i = start; i < Items.Count; i++)
        {
            var item = Items[i];
            if (ns.Length > 0 && item.Namespace != ns)
            {
                yield break;
            }

            yield return item;
        }
    }

    /// <summary>How many objects a namespace holds (all for an empty one).</summary>
    public int Count(string ns) => ns.Length == 0 ? Items.Count : IndexBehind(ns + "0") - IndexBehind(ns + "/");

    /// <summary>How many objects of a namespace (all for an empty one) come behind a key.</summary>
    public int CountBehind(string ns, string key) => (ns.Length == 0 ? Items.Count : IndexBehind(ns + "0")) - IndexBehind(key);

    private int IndexBehind(string key)
    {
        int low = 0, high = Items.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(Items[middle].Key, key) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
