using Xunit;

namespace KubeSa.Contract.Watches;

/// <summary>What a script knows that keeps what a watch tells, and holds the watch to its word: nothing is told twice, and no event without the one before it.</summary>
internal sealed class WatchedCache
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, WatchedEvent> _known = new();

    internal IEnumerable<string> Versions => _known.Values.Select(known => $"{known.Name} {known.Uid} {known.Version}").Order(StringComparer.Ordinal);

    internal string? VersionOf(string name) => _known.GetValueOrDefault(name)?.Version;

    internal bool Has(string name) => _known.ContainsKey(name);

    internal int Events { get; private set; }

    internal void Take(WatchedEvent told)
    {
        Events++;
        var known = _known.GetValueOrDefault(told.Name);
        switch (told.Type)
        {
            case "Added":
                Assert.True(known is null, $"{told} was there: {known}");
                _known[told.Name] = told;
                break;
            case "Modified":
                Assert.True(known is not null && known.Uid == told.Uid && known.Version != told.Version, $"{told} follows {known}");
                _known[told.Name] = told;
                break;
            default:
                Assert.True(known is not null && known.Uid == told.Uid, $"{told} follows {known}");
                _known.TryRemove(told.Name, out _);
                break;
        }
    }
}
