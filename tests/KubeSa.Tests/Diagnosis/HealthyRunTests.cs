using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using KubeSa.Api;
using KubeSa.Diagnosis;
using KubeSa.Diagnosis.Gathering;
using KubeSa.Tests.Engine;
using KubeSa.Tests.Offline;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Diagnosis;

/// <summary>What it costs where all is well: requests, round trips one after the other, and libraries loaded.</summary>
public sealed class HealthyRunTests
{
    private const string Version = "/version";
    private const string List = "/api/v1/pods?limit=1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Makes_two_requests()
    {
        var asked = new ConcurrentBag<string>();
        await using var pod = Counting(asked.Add, stalled: null);
        var report = AccessJudge.Judge(await pod.GatherAsync(Stop));
        Assert.All(report.Checks, check => Assert.Equal((check.Name, AccessCheckStatus.Pass), (check.Name, check.Status)));
        Assert.Equal([List, Version], asked.Order());
    }

    [Theory]
    [InlineData(Version)]
    [InlineData(List)]
    public async Task Lets_neither_request_wait_for_the_other(string stalled)
    {
        // One is never answered: were the other made after it, it would not come before the time is over.
        using var both = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        using var missing = new CountdownEvent(2);
        await using var pod = Counting(
            _ =>
            {
                if (missing.Signal())
                {
                    both.Cancel();
                }
            },
            stalled);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pod.GatherAsync(both.Token));
        Assert.True(missing.IsSet);
    }

    [Fact]
    public async Task Asks_no_administrator()
    {
        await using var pod = new WireCluster(_ => WireReply.Ok("""{"kind":"PodList","metadata":{},"items":[{}]}"""));
        await using var admin = new WireCluster(_ => WireReply.Failure(500, "InternalError", "no"));
        var mount = Path.GetDirectoryName(pod.Write("token", Jwts.Make(Jwts.Bound, signature: Jwts.SignatureOfRightLength)))!;
        pod.Write("namespace", "shop");

        await ((IKubeGateway)new KubeSa.Client.KubeGateway()).GatherEvidenceAsync(
            new AccessQuestion { MountPath = mount, ApiServer = pod.Server.Url }, MountedTokenLookup.By(new KubeSa.Client.KubeGateway(), admin.Connect()), CallContext.None with { Stop = Stop });

        Assert.Empty(admin.Server.Requests);
        Assert.Equal(2, pod.Server.Requests.Count);
    }

    [Fact]
    public async Task Loads_no_library()
    {
        await using var cluster = new WireCluster(r => r.Path == "/version"
            ? WireReply.Ok("""{"gitVersion":"v1.36.2"}""")
            : WireReply.Ok("""{"kind":"PodList","metadata":{},"items":[{}]}"""));
        var mount = Path.GetDirectoryName(cluster.Write("token", Jwts.Make(Jwts.Bound, signature: Jwts.SignatureOfRightLength)))!;
        cluster.Write("namespace", "shop");
        var context = new FreshContext();
        var client = context.LoadFromAssemblyName(new AssemblyName("KubeSa.Client"));
        var gateway = (IKubeGateway)Activator.CreateInstance(client.GetType("KubeSa.Client.KubeGateway", throwOnError: true)!)!;

        var evidence = await gateway.GatherEvidenceAsync(
            new AccessQuestion { MountPath = mount, ApiServer = cluster.Server.Url }, null, CallContext.None with { Stop = Stop });

        Assert.True(AccessJudge.Judge(evidence).Success);
        Assert.Equal(["KubeSa.Client"], context.Assemblies.Select(a => a.GetName().Name!));
    }

    private static WirePod Counting(Action<string> count, string? stalled) => new()
    {
        Timeout = TimeSpan.FromSeconds(30),
        Version = request => Answer(request, """{"gitVersion":"v1.36.2"}""", count, stalled),
        List = request => Answer(request, """{"kind":"PodList","metadata":{},"items":[{}]}""", count, stalled),
        Rest = request => Answer(request, "{}", count, stalled),
    };

    private static WireReply Answer(WireRequest request, string body, Action<string> count, string? stalled)
    {
        count(request.Path);
        return WireReply.Ok(body) with { Fault = request.Path == stalled ? WireFault.StallBeforeAnswer : WireFault.None };
    }

    private sealed class FreshContext() : AssemblyLoadContext("healthy run")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var file = Path.Combine(Repository.ModuleBin, "client", assemblyName.Name + ".dll");
            return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
        }
    }
}
