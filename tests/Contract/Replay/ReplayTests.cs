using Xunit;

namespace KubeSa.Contract.Replay;

/// <summary>Plays the recordings of one version once; every row looks up its own.</summary>
public abstract class ReplayFixture(string version) : IAsyncLifetime
{
    public string Version { get; } = version;

    /// <summary>What differed, by the name of the recording.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Outcomes { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Outcomes = await ReplayRun.PlayAsync(Version);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected static IEnumerable<TheoryDataRow<string>> NamesOf(string version) =>
        Recording.Of(version).Where(r => r.IsExchange).Select(r => new TheoryDataRow<string>(r.Name));

    internal void IsAnsweredAsRecorded(string name)
    {
        var differences = Outcomes[name];
        if (Gaps.All.TryGetValue((Version, name), out var reason))
        {
            Assert.True(differences.Count > 0, $"{name} replays equal; take it out of the table of gaps ({reason}).");
            return;
        }

        Assert.True(differences.Count == 0, $"{name} is not answered as Kubernetes {Version} does:\n{string.Join('\n', differences.Take(8))}");
    }
}

public sealed class ModernReplayFixture() : ReplayFixture("1.36")
{
    public static IEnumerable<TheoryDataRow<string>> Names() => NamesOf("1.36");
}

public sealed class LegacyReplayFixture() : ReplayFixture("1.20")
{
    public static IEnumerable<TheoryDataRow<string>> Names() => NamesOf("1.20");
}

public sealed class Replay_of_1_36(ModernReplayFixture replay) : IClassFixture<ModernReplayFixture>
{
    [Theory]
    [MemberData(nameof(ModernReplayFixture.Names), MemberType = typeof(ModernReplayFixture))]
    public void Is_answered_as_recorded(string name) => replay.IsAnsweredAsRecorded(name);
}

public sealed class Replay_of_1_20(LegacyReplayFixture replay) : IClassFixture<LegacyReplayFixture>
{
    [Theory]
    [MemberData(nameof(LegacyReplayFixture.Names), MemberType = typeof(LegacyReplayFixture))]
    public void Is_answered_as_recorded(string name) => replay.IsAnsweredAsRecorded(name);
}
