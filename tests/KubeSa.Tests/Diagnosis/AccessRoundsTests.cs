using KubeSa.Diagnosis;
using KubeSa.Formatting;
using Xunit;
using static KubeSa.Tests.Diagnosis.HealthyEvidence;

namespace KubeSa.Tests.Diagnosis;

public sealed class AccessRoundsTests
{
    private static readonly AccessEvidence Well = Evidence;
    private static readonly AccessEvidence Refusal = Evidence.Refused();
    private static readonly AccessEvidence Silence = (Evidence with { Network = Evidence.Network! with { Outcome = StepOutcome.TimedOut } }).StopAfterNetwork();

    [Fact]
    public void Tells_the_first_failure_another_cause_and_the_recovery_apart()
    {
        var reports = Play(Well, Well, Refusal, Refusal, Silence, Well);
        Assert.Equal(Enumerable.Range(1, 6), reports.Select(report => report.Round!.Value));
        Assert.Equal(
            [AccessRoundChange.First, AccessRoundChange.Same, AccessRoundChange.Failed, AccessRoundChange.Same, AccessRoundChange.OtherCause, AccessRoundChange.Recovered],
            reports.Select(report => report.Change!.Value));
        Assert.Empty(reports[1].Changes);
        Assert.Equal(["It last worked 10 s ago."], reports[2].Changes);
        Assert.Equal(["The cause was TokenRejected."], reports[4].Changes);
        Assert.Equal(["It failed for 30 s (3 rounds), at last with ConnectionTimedOut."], reports[5].Changes);
    }

    [Fact]
    public void A_failure_from_the_first_round_on_ends_in_a_recovery_too()
    {
        var reports = Play(Refusal, Well);
        Assert.Equal([AccessRoundChange.First, AccessRoundChange.Recovered], reports.Select(report => report.Change!.Value));
        Assert.StartsWith("It failed for 10 s (1 round)", reports[1].Changes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Says_what_else_is_not_as_it_was()
    {
        var changes = Play(
            Well,
            Well.With(Token(until: Now.AddHours(5))),
            Well.With(Token(until: Now.AddHours(5))) with { Server = Well.Server! with { GitVersion = "v1.36.3" } },
            Well.With(Legacy) with { Request = Well.Request! with { ItemCount = 15 }, Server = Well.Server! with { GitVersion = "v1.36.3" } },
            Well.With(Legacy) with { CertificateAuthority = Well.CertificateAuthority with { Certificates = [Certificate("CN=new", "CN=new")] } }).Select(report => report.Changes).ToList();
        Assert.Equal(["The token was replaced by one that is good until 2026-11-23T17:00:00Z."], changes[1]);
        Assert.Equal(["The server's version is v1.36.3 now and was v1.36.2."], changes[2]);
        Assert.Equal(["The token was replaced.", "The number of objects is 15 now and was 14."], changes[3]);
        Assert.Contains("The CA file was replaced: it holds 'CN=new' now.", changes[4]);
    }

    [Fact]
    public void What_stands_out_is_said_on_the_rounds_own_line()
    {
        var lines = Play(Well, Refusal, Well, Well).Select(AccessRoundText.Of).ToList();
        Assert.Contains("FAILED", lines[1], StringComparison.Ordinal);
        Assert.Contains("TokenRejected: ", lines[1], StringComparison.Ordinal);
        Assert.Contains("RECOVERED", lines[2], StringComparison.Ordinal);
        Assert.Equal("There are 14 pods in the cluster", lines[3]);
        Assert.DoesNotContain(lines, line => line.Contains('\n', StringComparison.Ordinal));
    }

    [Fact]
    public void A_report_of_its_own_is_in_no_series()
    {
        var report = AccessJudge.Judge(Well);
        Assert.Null(report.Round);
        Assert.Null(report.Change);
        Assert.Empty(report.Changes);
    }

    private static List<AccessReport> Play(params AccessEvidence[] rounds)
    {
        var series = new AccessRounds();
        return [.. rounds.Select((seen, i) => seen with { Clock = Now.AddSeconds(10 * i) }).Select(seen => series.Add(seen, AccessJudge.Judge(seen)))];
    }
}
