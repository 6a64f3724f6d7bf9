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

    [Fact]
    public async Task Leaves_nothing_running_of_a_credential_plugin_that_is_ended_not_even_orphans()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows whose a process without a parent was.");
        var folder = Directory.CreateTempSubdirectory("kubesa-plugin-");
        try
        {
            var pids = Path.Combine(folder.FullName, "pids");
            var file = Path.Combine(folder.FullName, "config");
            var script = Path.Combine(folder.FullName, "plugin.sh");

            // A child, a grandchild, and one whose parent has ended and that belongs to nobody.
            await File.WriteAllTextAsync(
                script,
                $"sleep 600 & echo $! >> {pids}.1\nsh -c 'sleep 600 & echo $! >> {pids}.1; wait' &\n(setsid sleep 600 & echo $! >> {pids}.1)\n"
                + $"while [ $(wc -l < {pids}.1) -lt 3 ]; do :; done; mv {pids}.1 {pids}\nwait\n",
                TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                file,
                "current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: 'https://127.0.0.1:1'}}]\n"
                + $"users: [{{name: u, user: {{exec: {{apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: sh, args: ['{script}']}}}}}}]\n",
                TestContext.Current.CancellationToken);
            using var engine = new HostedEngine();
            engine.Run($"Connect-KubeCluster -KubeConfig '{file}' -TimeoutSeconds 60").RequireNoErrors();
            await StopsAsync(engine, "Get-KubeServiceAccount default", _ => File.Exists(pids));

            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            foreach (var pid in await File.ReadAllLinesAsync(pids, TestContext.Current.CancellationToken))
            {
                while (IsRunning(pid))
                {
                    await Task.Delay(5, limit.Token);
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // What has ended and was not waited for by its parent is a zombie, Z.
    private static bool IsRunning(string pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception failure) when (failure is IOException)
        {
            return false;
        }
    }

    [Fact]
    public async Task Says_on_the_console_that_a_token_Secret_stays_that_was_waited_for()
    {
        var waits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        const string Secret = """{"metadata":{"name":"web-token","namespace":"default"},"type":"kubernetes.io/service-account-token"}""";
        await using var server = WireServer.Plain(request =>
        {
            if (request.Path.EndsWith("/secrets/web-token", StringComparison.Ordinal))
            {
                waits.TrySetResult();
            }

            return request.Path.Contains("/secrets", StringComparison.Ordinal) ? WireReply.Ok(Secret) : WireReply.Account("default", "web");
        });
        var host = new WarningHost();
        using var engine = new HostedEngine(host: host);
        engine.Run($"Connect-KubeCluster -Server {server.Url} -TimeoutSeconds 60").RequireNoErrors();
        await StopsAsync(engine, "New-KubeSaTokenSecret web -TimeoutSeconds 600", _ => waits.Task.IsCompleted);
        var warning = Assert.Single(host.Warnings, text => text.Contains("web-token", StringComparison.Ordinal));
        Assert.Contains("stays", warning, StringComparison.Ordinal);
        Assert.Contains("Remove-KubeSaTokenSecret", warning, StringComparison.Ordinal);
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
