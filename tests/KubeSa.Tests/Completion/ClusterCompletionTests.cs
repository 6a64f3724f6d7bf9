using KubeSa.Completion;
using KubeSa.Tests.Engine;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Completion;

/// <summary>What Tab offers on an open connection.</summary>
public sealed class ClusterCompletionTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Theory]
    [InlineData("Get-KubeServiceAccount -Namespace team-", "team-b")]
    [InlineData("Get-KubeServiceAccount -Namespace team-a -Name ", "deployer")]
    [InlineData("Get-KubeServiceAccount -Namespace team-a de", "default")]
    [InlineData("Remove-KubeSaTokenSecret -Namespace team-b -Name ", "kept")]
    [InlineData("Set-KubeWorkloadServiceAccount -Kind Cron", "CronJob")]
    [InlineData("Test-KubeAccess ", "deletecollection")]
    [InlineData("Test-KubeAccess get pods", "pods/log")]
    [InlineData("Test-KubeAccess get replicationc", "replicationcontrollers")]
    [InlineData("Test-KubeAccess get tokenr", "tokenreviews.authentication.k8s.io")]
    [InlineData("Connect-KubeCluster -KubeConfig $kubeConfig -Context re", "reader")]
    [InlineData("Get-KubeServiceAccount -Connection $reader -Name web", "web")]
    public async Task Completes_what_the_cluster_has_at_the_latest_by_another_Tab(string line, string expected)
    {
        using var engine = sandbox.Connect();
        engine.SetVariable("kubeConfig", sandbox.Server.KubeConfig);
        engine.Run("$reader = Connect-KubeCluster reader -KubeConfig $kubeConfig; Connect-KubeCluster admin -KubeConfig $kubeConfig").RequireNoErrors();
        engine.Run("if (-not (Get-KubeSaTokenSecret kept -Namespace team-b -ErrorAction Ignore)) { New-KubeSaTokenSecret default kept -Namespace team-b }");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!Tab(engine, line).Contains(expected))
        {
            await Task.Delay(20, limit.Token);
        }
    }

    [Fact]
    public async Task Does_not_wait_for_a_server_that_does_not_answer()
    {
        await using var server = WireServer.Plain(_ => WireReply.Accounts("default", ["a"]) with { Fault = WireFault.StallBeforeAnswer });
        using var engine = Connect(server);
        Tab(engine, "Get-KubeServiceAccount -Namespace ");

        // The server goes on saying nothing, and its client is still there.
        Assert.DoesNotContain("a", Tab(engine, "Get-KubeServiceAccount -Name "));
        Assert.False(server.Abandoned.Task.IsCompleted);
    }

    /// <summary>People see names at once or go on typing: how long they are kept is a number, whatever this machine is busy with.</summary>
    [Fact]
    public void Waits_for_the_first_Tab_as_long_as_a_connection_takes_and_for_others_no_longer_than_a_blink()
    {
        Assert.Equal(TimeSpan.FromSeconds(3), CompletionTimeout.Of(isFirst: true));
        Assert.Equal(TimeSpan.FromMilliseconds(120), CompletionTimeout.Of(isFirst: false));
        Assert.Null(CompletionTimeout.Wait(new TaskCompletionSource<string>().Task, isFirst: false));
        Assert.Equal("x", CompletionTimeout.Wait(Task.FromResult("x"), isFirst: false));
        Assert.Null(CompletionTimeout.Wait(Task.FromException<string>(new InvalidOperationException()), isFirst: true));
    }

    [Fact]
    public async Task Asks_once_for_several_Tabs()
    {
        await using var server = WireServer.Plain(_ => WireReply.Accounts("default", ["alpha", "beta"]));
        using var engine = Connect(server);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!Tab(engine, "Get-KubeServiceAccount -Name al").Contains("alpha"))
        {
            await Task.Delay(20, limit.Token);
        }

        Assert.Equal(["beta"], Tab(engine, "Get-KubeServiceAccount -Name b"));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Offers_no_names_of_another_cluster_than_the_commands()
    {
        await using var server = WireServer.Plain(_ => WireReply.Accounts("default", ["alpha"]));
        using var engine = Connect(server);
        Assert.DoesNotContain("alpha", Tab(engine, $"Get-KubeServiceAccount -KubeConfig '{sandbox.Server.KubeConfig}' -Name al"));
        Assert.Empty(server.Requests);
    }

    private static HostedEngine Connect(WireServer server)
    {
        var engine = new HostedEngine();
        engine.Run($"Connect-KubeCluster -Server {server.Url}").RequireNoErrors();
        return engine;
    }

    private static IReadOnlyList<string> Tab(HostedEngine engine, string line) =>
        engine.Run("param($line) (TabExpansion2 $line $line.Length).CompletionMatches.ListItemText", line).RequireNoErrors().Text;
}
