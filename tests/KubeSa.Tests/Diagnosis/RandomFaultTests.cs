using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using KubeSa.Diagnosis;
using KubeSa.Tests.Engine;
using KubeSa.Tests.Offline;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Diagnosis;

/// <summary>
/// 2,000 combinations of up to three faults, drawn by chance: 1,600 of what evidence may show and 400 of a pod and a server.
/// KUBESA_TEST_SEED repeats a run. Its own collection, for it measures time.
/// </summary>
[Collection(SharedProcess.Name)]
public sealed class RandomFaultTests
{
    private const int MostFaults = 3;
    private const int OfEvidence = 1600;
    private const int OnTheWire = 400;
    private const int AtOnce = 4;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private static readonly string Expired = Jwts.Make(Jwts.Bound.Replace("4100000000", "1700000001", StringComparison.Ordinal), signature: Jwts.SignatureOfRightLength);
    private static readonly string Future = Jwts.Make(Jwts.Bound.Replace("\"nbf\":1700000000", "\"nbf\":4000000000", StringComparison.Ordinal), signature: Jwts.SignatureOfRightLength);

    private static readonly (string Name, Action<WirePod> Break)[] WireFaults =
    [
        ("no host", p => p.Host = null),
        ("a URL for a host", p => p.Host = "tcp://127.0.0.1:443"),
        ("a host that is not a name", p => p.Host = "a b"),
        ("no port", p => p.Port = null),
        ("a port that is none", p => p.Port = "x"),
        ("a port where nobody listens", p => p.Port = "1"),
        ("no token", p => p.Token = null),
        ("an empty token", p => p.Token = ""),
        ("a token that is none", p => p.Token = "a.b.c"),
        ("a token with a line break", p => p.Token = p.Token?.Insert(p.Token.Length / 2, "\n")),
        ("a token of letters of all kinds", p => p.Token = "e\u00fc.\u20ac.\0"),
        ("a token cut short", p => p.Token = p.Token?[..(p.Token.Length * 2 / 3)]),
        ("an expired token", p => p.Token = Expired),
        ("a token from the future", p => p.Token = Future),
        ("no namespace", p => p.Namespace = null),
        ("another namespace", p => p.Namespace = "stock"),
        ("no ca.crt", p => p.CaFile = null),
        ("garbage in ca.crt", p => p.CaFile = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
        ("an expired CA", p => p.CaFile = Pems.Expired),
        ("a CA of another cluster", p => p.CaFile = Pems.OtherCluster),
        ("two CAs", p => p.CaFile += Pems.OtherCluster),
        ("an untrusted certificate", p => p.Certificate = WirePod.Untrusted),
        ("a certificate for another name", p => p.Certificate = WirePod.ForAnother),
        ("an expired certificate", p => p.Certificate = WirePod.Outdated),
        ("no TLS", p => p.SpeaksTls = false),
        ("a mute server", p => p.HangsUp = false),
        ("a server that hangs up", p => p.HangsUp = true),
        ("a version of HTML", p => p.Version = _ => new WireReply(200, "<html>", "text/html")),
        ("a version that fails", p => p.Version = _ => new WireReply(503, "no")),
        ("a version that stalls", p => p.Version = _ => WireReply.Ok("{}") with { Fault = WireFault.StallBeforeAnswer }),
        ("a version that breaks off", p => p.Version = _ => WireReply.Ok("{\"gitVersion\":\"v1\"}") with { Fault = WireFault.CloseInBody }),
        ("a refused token", p => p.List = _ => WireReply.Failure(401, "Unauthorized", "Unauthorized")),
        ("a right that is missing", p => p.List = _ => WireReply.Failure(403, "Forbidden", "User \"u\" cannot")),
        ("a header that got lost", p => p.List = _ => WireReply.Failure(403, "Forbidden", "User \"system:anonymous\" cannot")),
        ("a list that is throttled", p => p.List = _ => new WireReply(429, "no", "text/plain") { Headers = [("Retry-After", "1")] }),
        ("a list that fails", p => p.List = _ => WireReply.Failure(500, "InternalError", "etcd")),
        ("a list of HTML", p => p.List = _ => new WireReply(200, "<html>", "text/html")),
        ("a list that moved", p => p.List = _ => new WireReply(302, "") { Headers = [("Location", "https://127.0.0.1:1/")] }),
        ("a list that is another object", p => p.List = _ => WireReply.Ok("""{"kind":"Pod","items":7}""")),
        ("a list that stalls", p => p.List = _ => WireReply.Ok("{}") with { Fault = WireFault.StallBeforeAnswer }),
        ("a list that stalls in the middle", p => p.List = _ => WireReply.Ok("""{"kind":"PodList","items":[]}""") with { Fault = WireFault.StallInBody }),
        ("a list that breaks off", p => p.List = _ => WireReply.Ok("""{"kind":"PodList","items":[]}""") with { Fault = WireFault.CloseInBody }),
        ("a list cut short", p => p.List = _ => WireReply.Ok("""{"kind":"PodList","items":[""")),
        ("everything else fails", p => p.Rest = _ => new WireReply(500, "[-]etcd failed: reason withheld", "text/plain")),
        ("everything else stalls", p => p.Rest = _ => WireReply.Ok("{}") with { Fault = WireFault.StallBeforeAnswer }),
        ("keys that are none", p => p.Rest = _ => WireReply.Ok("{\"keys\":7}")),
    ];

    private static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("KUBESA_TEST_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 20170611;

    [Fact]
    public void No_combination_of_evidence_is_too_much_for_the_judge_or_passes_for_success()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var i = 0; i < OfEvidence; i++)
        {
            var faults = Draw(random, CauseTests.Faults);
            var names = $"seed {Seed}: {string.Join(" + ", faults.Select(f => f.Name))}";
            var evidence = faults.Aggregate(HealthyEvidence.Evidence, (seen, fault) => fault.Break(seen));

            var report = AccessJudge.Judge(evidence);

            var listed = evidence.Request is { Answer: { Outcome: StepOutcome.Done, Status: 200 }, ItemCount: not null };
            Assert.True(listed || !report.Success, names);
            Assert.True(report.Success == report.Checks.All(check => check.Status != AccessCheckStatus.Fail), names);
            Assert.True(report.Checks.All(check => check.Detail.Length > 0 && (check.Status != AccessCheckStatus.Fail || !string.IsNullOrWhiteSpace(check.Remedy))), names);
        }
    }

    [Fact]
    public async Task No_combination_on_the_wire_throws_takes_too_long_or_passes_for_success()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var draws = Enumerable.Range(0, OnTheWire).Select(_ => Draw(random, WireFaults)).ToList();
        var causes = new ConcurrentDictionary<AccessCause, int>();

        await Parallel.ForEachAsync(
            draws,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken },
            async (faults, stop) => causes.AddOrUpdate(await TryAsync(faults, stop), 1, (_, count) => count + 1));

        // Else most of it would have proved nothing.
        Assert.InRange(causes.Count, 15, int.MaxValue);
        Assert.InRange(causes.GetValueOrDefault(AccessCause.None), 1, OnTheWire / 4);
    }

    private static async Task<AccessCause> TryAsync((string Name, Action<WirePod> Break)[] faults, CancellationToken stop)
    {
        var names = $"seed {Seed}: {string.Join(" + ", faults.Select(f => f.Name))}";
        await using var pod = new WirePod();
        foreach (var fault in faults)
        {
            fault.Break(pod);
        }

        var watch = Stopwatch.StartNew();
        AccessReport report;
        try
        {
            report = AccessJudge.Judge(await pod.GatherAsync(stop));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new InvalidOperationException(names, failure);
        }

        Assert.True(watch.Elapsed < pod.Timeout + Grace, $"{names}: {watch.Elapsed}");
        Assert.True(!report.Success || await pod.CanListAsync(stop), names);
        return report.Cause;
    }

    private static T[] Draw<T>(Random random, IReadOnlyList<T> all) =>
        [.. Enumerable.Range(0, random.Next(1, MostFaults + 1)).Select(_ => all[random.Next(all.Count)])];
}
