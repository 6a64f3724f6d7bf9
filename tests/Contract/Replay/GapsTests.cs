using Xunit;

namespace KubeSa.Contract.Replay;

public sealed class GapsTests
{
    // A new gap is a decision: it takes a reason in the table and a higher number here.
    private const int Accepted = 13;

    [Fact]
    public void Every_gap_is_a_recording_and_says_why()
    {
        foreach (var ((version, name), reason) in Gaps.All)
        {
            Assert.Contains(Recording.Of(version), r => r.Name == name && r.IsExchange);
            Assert.True(reason.Length > 20, $"{version} {name} gives no reason.");
        }
    }

    [Fact]
    public void Are_no_more_than_were_accepted() => Assert.True(Gaps.All.Count <= Accepted, $"{Gaps.All.Count} gaps, accepted are {Accepted}.");
}
