namespace KubeSa.Analysis.Use;

/// <summary>
/// A set of texts that keeps so many of them. It keeps those that sort first, so that what is kept does not depend on the order
/// in which parts of a log are read and merged.
/// </summary>
internal sealed class SmallestTexts(int most)
{
    private readonly SortedSet<string> _texts = new(StringComparer.Ordinal);
    private string? _last;

    /// <summary>Whether there were more than are kept.</summary>
    internal bool HasMore { get; private set; }

    internal IReadOnlyCollection<string> Texts => _texts;

    internal void Add(string text)
    {
        if (text.Length == 0 || ReferenceEquals(text, _last))
        {
            return;
        }

        _last = text;
        if (_texts.Add(text) && _texts.Count > most)
        {
            _texts.Remove(_texts.Max!);
            HasMore = true;
        }
    }

    internal void Merge(IEnumerable<string> texts, bool hasMore)
    {
        HasMore |= hasMore;
        foreach (var text in texts)
        {
            Add(text);
        }
    }
}
