using System.Reflection;
using System.Runtime.Loader;
using KubeSa.Api;
using KubeSa.Diagnosis;
using KubeSa.Tests.Engine;
using KubeSa.Tests.Offline;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Diagnosis;

/// <summary>What it costs where all is well: requests, round trips one after the other, and libraries loaded.</summary>
public sealed class HealthyRunTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Makes_two_requests_of_which_neither_waits_for_the_other()
    {
        // Neither is answered before both have come: one after the other, they would wait for ever.
        using var both = new Barrier(2);
        await using var pod = new WirePod
        {
            Timeout = Patience * 2,
            Version = _ => both.SignalAndWait(Patience, Stop) ? WireReply.Ok("""{"gitVersion":"v1.36.2"}""") : new WireReply(500, "alone"),
            List = _ => both.SignalAndWait(Patience, Stop) ? WireReply.Ok("""{"kind":"PodList","metadata":{},"items":[{}]}""") : new WireReply(500, "alone"),
            Rest = request => throw new InvalidOperationException($"Nobody needs {request.Path}."),
        };

        var report = AccessJudge.Judge(await pod.GatherAsync(Stop));

        Assert.All(report.Checks, check => Assert.Equal((check.Name, AccessCheckStatus.Pass), (check.Name, check.Status)));
        Assert.Equal(1, both.CurrentPhaseNumber);
    }

    [Fact]
    public async Task Asks_no_administrator()
    {
        await using var pod = new WireCluster(_ => WireReply.Ok("""{"kind":"PodList","metadata":{},"items":[{}]}"""));
        await using var admin = new WireCluster(_ => WireReply.Failure(500, "InternalError", "no"));
        var mount = Path.GetDirectoryName(pod.Write("token", Jwts.Make(Jwts.Bound, signature: Jwts.SignatureOfRightLength)))!;
        pod.Write("namespace", "shop");

        await ((IKubeGateway)new KubeSa.Client.KubeGateway()).GatherEvidenceAsync(
            new AccessQuestion { MountPath = mount, ApiServer = pod.Server.Url }, admin.Connect(), CallContext.None with { Stop = Stop });

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

    private sealed class FreshContext() : AssemblyLoadContext("healthy run")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var file = Path.Combine(Repository.ModuleBin, "client", assemblyName.Name + ".dll");
            return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
        }
    }
}
