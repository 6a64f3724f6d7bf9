using System.Diagnostics;
using System.Management.Automation;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Engine;

/// <summary>Ctrl+C, as the engine does it: PowerShell.Stop.</summary>
public sealed class StopTests
{
    // Far below the 60 s the calls themselves would take, and with room for a machine that is busy.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(nameof(WireFault.StallBeforeAnswer), "Get-KubeServiceAccount default")]
    [InlineData(nameof(WireFault.StallInBody), "Get-KubeServiceAccount default")]
    [InlineData(nameof(WireFault.StallInBody), "Get-KubeServiceAccount -A")]
    [InlineData(nameof(WireFault.StallInBody), "New-KubeServiceAccount a")]
    public async Task Ends_a_stalled_call_at_once_without_an_error_and_leaves_the_session_usable(string fault, string command)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = WireServer.Plain(_ =>
        {
            reached.TrySetResult();
            return WireReply.Account("default", "default") with { Fault = Enum.Parse<WireFault>(fault) };
        });
        using var engine = new HostedEngine();
        engine.Run($"Connect-KubeCluster -Server {server.Url} -TimeoutSeconds 60").RequireNoErrors();

        using var shell = PowerShell.Create();
        shell.Runspace = engine.Runspace;
        var running = shell.AddScript(command).BeginInvoke();
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();
        shell.Stop();
        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Soon);
        Assert.Empty(shell.Streams.Error);

        Assert.Equal(["2"], engine.Run("1 + 1").RequireNoErrors().Text);
        Assert.Single(engine.Run("Get-KubeConnection").RequireNoErrors().Output);
    }

    [Fact]
    public async Task Ends_the_pause_before_another_try()
    {
        await using var server = WireServer.Plain(_ => new WireReply(503, "busy", "text/plain") { Headers = [("Retry-After", "20")] });
        using var engine = new HostedEngine();
        engine.Run($"Connect-KubeCluster -Server {server.Url} -TimeoutSeconds 60").RequireNoErrors();
        await StopsAsync(engine, "Get-KubeServiceAccount default -Verbose", shell => shell.Streams.Verbose.Any(line => line.Message.Contains("trying again", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Ends_a_credential_plugin_that_hangs()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The plugin of this test is a shell script.");
        var folder = Directory.CreateTempSubdirectory("kubesa-plugin-");
        try
        {
            var started = Path.Combine(folder.FullName, "started");
            var file = Path.Combine(folder.FullName, "config");
            await File.WriteAllTextAsync(
                file,
                "current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: 'https://127.0.0.1:1'}}]\n"
                + "users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: sh, "
                + $"args: ['-c', 'touch {started}; sleep 600']}}}}}}]\n",
                TestContext.Current.CancellationToken);
            using var engine = new HostedEngine();
            engine.Run($"Connect-KubeCluster -KubeConfig '{file}' -TimeoutSeconds 60").RequireNoErrors();
            await StopsAsync(engine, "Get-KubeServiceAccount default", _ => File.Exists(started));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task StopsAsync(HostedEngine engine, string command, Func<PowerShell, bool> isReached)
    {
        using var shell = PowerShell.Create();
        shell.Runspace = engine.Runspace;
        var running = shell.AddScript(command).BeginInvoke();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isReached(shell))
        {
            await Task.Delay(5, limit.Token);
        }

        var clock = Stopwatch.StartNew();
        shell.Stop();
        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Soon);
        Assert.Empty(shell.Streams.Error);
        Assert.Equal(["2"], engine.Run("1 + 1").RequireNoErrors().Text);
    }

    [Fact]
    public async Task Ends_the_pause_between_the_rounds_of_a_continuous_check()
    {
        using var engine = new HostedEngine();
        using var shell = PowerShell.Create();
        shell.Runspace = engine.Runspace;
        var output = new PSDataCollection<PSObject>();
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        output.DataAdded += (_, _) => first.TrySetResult();
        var running = shell.AddScript("Test-KubeInClusterAccess -MountPath /no-such-mount -Continuous -IntervalSeconds 60")
            .BeginInvoke<PSObject, PSObject>(null, output);
        await first.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();
        shell.Stop();
        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Soon);
        Assert.Empty(shell.Streams.Error);
    }
}
