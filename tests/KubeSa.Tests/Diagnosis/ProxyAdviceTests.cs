using KubeSa.Api;
using KubeSa.Client.Config.InCluster;
using KubeSa.Client.NetworkDiagnosis;
using KubeSa.Diagnosis;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Diagnosis;

/// <summary>A proxy in the pod's environment that takes the API server's traffic from every client but this check.</summary>
[Collection(SharedProcess.Name)]
public sealed class ProxyAdviceTests
{
    [Theory]
    [InlineData(null, "10.96.0.1", true)]
    [InlineData("", "10.96.0.1", true)]
    [InlineData(".svc,.cluster.local", "10.96.0.1", true)]
    [InlineData("localhost,127.0.0.1,10.0.0.0/8", "10.96.0.1", false)]
    [InlineData("10.96.0.1", "10.96.0.1", false)]
    [InlineData("10.96.0.1:8443", "10.96.0.1", true)]
    [InlineData("*", "10.96.0.1", false)]
    [InlineData(".svc", "kubernetes.default.svc", false)]
    [InlineData("cluster.local", "kubernetes.default.svc", true)]
    [InlineData(null, "127.0.0.1", false)]
    [InlineData(null, "localhost", false)]
    public void Warns_where_NO_PROXY_lacks_the_server_and_names_what_both_do(string? exceptions, string host, bool warns)
    {
        var evidence = HealthyEvidence.Evidence;
        evidence = evidence with
        {
            Environment = evidence.Environment with
            {
                ServiceHost = host,
                ServicePort = "443",
                ApiServer = $"https://{host}",
                Proxy = new ProxyEvidence { Variable = "HTTPS_PROXY", Value = "http://proxy.example:3128", NoProxyVariable = exceptions is null ? null : "NO_PROXY", NoProxy = exceptions },
            },
        };
        var report = AccessJudge.Judge(EvidenceJson.Read(EvidenceJson.Write(evidence)));
        var check = report.Checks.Single(c => c.Name == AccessCheckName.Environment);
        Assert.Equal((true, warns ? AccessCheckStatus.Warn : AccessCheckStatus.Pass), (report.Success, check.Status));
        if (warns)
        {
            Assert.Contains("HTTPS_PROXY is http://proxy.example:3128", check.Detail, StringComparison.Ordinal);
            Assert.Contains(exceptions is null ? "NO_PROXY is not set" : $"NO_PROXY does not list {host}", check.Detail, StringComparison.Ordinal);
            Assert.Contains($"Add {host} to NO_PROXY", check.Remedy, StringComparison.Ordinal);
            Assert.DoesNotContain("proxy.example", report.ToTicket(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("HTTPS_PROXY", "http://me:word@proxy.example:3128", "http://proxy.example:3128", "NO_PROXY", ".svc")]
    [InlineData("https_proxy", "proxy.example:3128", "http://proxy.example:3128", "no_proxy", "10.0.0.0/8")]
    [InlineData("HTTPS_PROXY", "socks5h://proxy.example:1080", "socks5h://proxy.example:1080", null, null)]
    [InlineData("HTTPS_PROXY", "me:word@no proxy", null, null, null)]
    [InlineData("HTTP_PROXY", "http://proxy.example:3128", null, null, null)]
    public async Task Gatherer_and_script_see_it_without_its_credentials(string variable, string value, string? told, string? exceptionsVariable, string? exceptions)
    {
        var folder = Directory.CreateTempSubdirectory("kubesa-proxy-");
        using var scope = new EnvironmentScope([
            ("HTTPS_PROXY", null), ("https_proxy", null), ("NO_PROXY", null), ("no_proxy", null), ("HTTP_PROXY", null),
            (variable, value), .. exceptionsVariable is null ? Array.Empty<(string, string?)>() : [(exceptionsVariable, exceptions)]]);
        try
        {
            var question = new AccessQuestion { MountPath = folder.FullName, Timeout = TimeSpan.FromSeconds(5) };
            var call = CallContext.None with { Stop = TestContext.Current.CancellationToken };
            var gathered = await new EvidenceGatherer(question, PodEnvironment.Process, call).GatherAsync(null);
            var script = EvidenceJson.Read(await Task.Run(() => ScriptRun.Of(question), TestContext.Current.CancellationToken));
            var expected = variable == "HTTP_PROXY"
                ? null
                : new ProxyEvidence { Variable = variable, Value = told, NoProxyVariable = exceptionsVariable, NoProxy = exceptions };
            Assert.Equal(expected, gathered.Environment.Proxy);
            Assert.Equal(expected, script.Environment.Proxy);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
