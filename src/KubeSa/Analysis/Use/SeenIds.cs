namespace KubeSa.Analysis.Use;

/// <summary>
/// The audit ids counted last, each with the uses that it counted for. A request is logged more than once: at its start and its
/// end, by an aggregated API server as well, and by collectors that deliver twice. Of the ids as many are kept as fit into a
/// fixed memory, so two lines of one request that lie farther apart than that count twice.
/// </summary>
internal sealed class SeenIds(int generation)
{
    private Dictionary<ulong, int> _young = [];
    private Dictionary<ulong, int> _old = [];

    /// <summary>All that are still known, with what they counted for.</summary>
    internal IEnumerable<KeyValuePair<ulong, int>> All => _old.Concat(_young);

    internal bool TryGet(ulong id, out int counted) => _young.TryGetValue(id, out counted) || _old.TryGetValue(id, out counted);

    internal void Add(ulong id, int counted)
    {
        if (_young.Count == generation)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
        }

        _young[id] = counted;
    }
}
