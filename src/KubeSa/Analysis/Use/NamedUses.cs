namespace KubeSa.Analysis.Use;

/// <summary>
/// The uses of one kind by the name of the object, or by the path. So many names are kept apart, those that sort first; whatever
/// comes behind them is counted together, so that pods with random names do not fill the memory.
/// </summary>
internal sealed class NamedUses
{
    internal const int Most = 500;
    private readonly Dictionary<string, UseStats> _byName = new(StringComparer.Ordinal);
    private string _largest = string.Empty;

    internal IEnumerable<KeyValuePair<string, UseStats>> ByName => _byName;

    /// <summary>The uses of names that are not kept apart; null where there are none.</summary>
    internal UseStats? Others { get; private set; }

    internal UseStats Of(string name)
    {
        if (_byName.TryGetValue(name, out var known))
        {
            return known;
        }

        if (_byName.Count == Most)
        {
            if (string.CompareOrdinal(name, _largest) > 0)
            {
                return OfOthers();
            }

            FoldLargest();
        }

        var added = new UseStats();
        _byName.Add(name, added);
        _largest = string.CompareOrdinal(name, _largest) > 0 ? name : _largest;
        return added;
    }

    internal UseStats OfOthers() => Others ??= new UseStats();

    private void FoldLargest()
    {
        var folded = _byName[_largest];
        _byName.Remove(_largest);
        OfOthers().Merge(folded);
        folded.AddedTo = Others;
        _largest = _byName.Keys.Max(StringComparer.Ordinal)!;
    }
}
