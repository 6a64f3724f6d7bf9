using System.Diagnostics;
using System.Management.Automation;
using KubeSa.Tests.Engine;

namespace KubeSa.Contract.Soak;

/// <summary>Calls a sandbox again and again over one connection, while its token, its authority and the server itself come and go.</summary>
internal sealed class SoakRun : IDisposable
{
    // Every call that a careful client can save, whatever happens: reads, questions, and a check of one's own mount.
    private static readonly string[] Calls =
    [
        "Get-KubeServiceAccount web -Namespace team-a",
        "Get-KubeServiceAccount -Namespace team-a",
        "Get-KubeIdentity",
        "Test-KubeAccess get secrets -Namespace team-a",
        "New-KubeServiceAccountToken web -Namespace team-a",
        "Get-KubeServiceAccountUsage web -Namespace team-a",
        "Get-KubeResource pods -Namespace team-a",
    ];

    // As a script would that does something between its calls; the machine may have other work.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    private readonly HostedEngine _engine = new();
    private readonly ProjectedTokenFolder _mount = new();
    private readonly List<string> _failures = [];
    private int _calls;
    private int _retries;
    private int _rotations;

    public void Dispose()
    {
        _engine.Run("Stop-KubeSandbox");
        _engine.Dispose();
        _mount.Dispose();
    }

    internal async Task<SoakResult> RunAsync(SoakPlan plan, CancellationToken stop)
    {
        var sandbox = _engine.Run("Start-KubeSandbox").RequireNoErrors().Output[0];
        using var cluster = new ShakyCluster(Text(sandbox, "Url"), Text(sandbox, "KubeConfig"));
        _mount.Replace(await cluster.IssueAsync(stop));
        _engine.Run(
            "param($server, $token, $ca) Connect-KubeCluster -Server $server -TokenFile $token -CertificateAuthority $ca -TimeoutSeconds 60",
            Text(sandbox, "Url"), _mount.TokenFile, Text(sandbox, "CertificateAuthority")).RequireNoErrors();

        var clock = Stopwatch.StartNew();
        var shaking = Task.Run(() => ShakeAsync(cluster, plan, clock, stop), stop);
        CallUntil(clock, plan.Length / 4, stop);
        var early = Measure();
        CallUntil(clock, plan.Length, stop);
        await shaking;
        return new SoakResult(_calls, _retries, _rotations, _failures, early, Measure());
    }

    private async Task ShakeAsync(ShakyCluster cluster, SoakPlan plan, Stopwatch clock, CancellationToken stop)
    {
        var restarts = new Queue<TimeSpan>(plan.RestartsAt);
        var isRotated = false;
        while (clock.Elapsed < plan.Length)
        {
            var before = await File.ReadAllTextAsync(_mount.TokenFile, stop);
            _mount.Replace(await cluster.IssueAsync(stop));
            await cluster.RejectAsync(before, stop);
            _rotations++;
            if (restarts.TryPeek(out var at) && clock.Elapsed >= at)
            {
                restarts.Dequeue();
                await cluster.RestartAsync(plan.Down, stop);
            }
            else if (!isRotated && clock.Elapsed >= plan.AuthorityAt)
            {
                isRotated = true;
                await cluster.RotateAuthorityAsync(stop);
            }

            await Task.Delay(plan.TokenEvery, stop);
        }

        if (restarts.Count > 0 || !isRotated)
        {
            throw new InvalidOperationException("The plan leaves no time for all that was to happen.");
        }
    }

    private void CallUntil(Stopwatch clock, TimeSpan end, CancellationToken stop)
    {
        while (clock.Elapsed < end)
        {
            stop.WaitHandle.WaitOne(Pace);
            stop.ThrowIfCancellationRequested();
            var call = Calls[_calls++ % Calls.Length];
            var result = _engine.Run($"{call} -Verbose");
            _retries += result.Verbose.Count(line => line.Contains("trying", StringComparison.Ordinal));
            _failures.AddRange(result.Errors.Select(error => $"{clock.Elapsed:mm\\:ss} {call}: {error.FullyQualifiedErrorId}: {error}"));
            if (result.Thrown is { } thrown)
            {
                _failures.Add($"{clock.Elapsed:mm\\:ss} {call}: {thrown.Message}");
            }
        }
    }

    private static (long Memory, int Handles) Measure()
    {
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        return (memory, OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Length : process.HandleCount);
    }

    private static string Text(PSObject instance, string property) => (string)instance.Properties[property].Value;
}
