using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using KubeSa.Api;
using KubeSa.Loading;

namespace KubeSa.Connections;

/// <summary>
/// Starts and ends the sandbox as a process of its own. Its standard input is a pipe that this process holds: when the
/// session ends, however it ends, the pipe closes and the sandbox leaves too.
/// </summary>
internal static class SandboxProcess
{
    private const int RuntimeMissing = 150;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly ConcurrentDictionary<int, (Process Process, Sandbox Sandbox)> Started = new();

    /// <summary>Those that were started from this process and still run.</summary>
    internal static IReadOnlyList<Sandbox> Running =>
        [.. Started.Values.Where(entry => !entry.Process.HasExited).Select(entry => entry.Sandbox)];

    internal static async Task<Sandbox> StartAsync(string scenario, int port, CancellationToken stop, bool runPods = false, string? auditLog = null, string? auditPolicy = null)
    {
        var process = Launch(scenario, port, runPods, auditLog, auditPolicy);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(Patience);
            var ready = await process.StandardOutput.ReadLineAsync(patience.Token).ConfigureAwait(false)
                ?? throw await WhyItEndedAsync(process, stop).ConfigureAwait(false);
            var sandbox = Describe(ready, scenario, process.Id, auditLog);
            Started[process.Id] = (process, sandbox);
            return sandbox;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            End(process);
            throw new KubeApiException(
                FailureKind.SandboxFailed, $"The sandbox was not ready after {Patience.TotalSeconds:0} s.", scenario);
        }
        catch
        {
            End(process);
            throw;
        }
    }

    /// <summary>Ends a sandbox; false where no sandbox of that id was started from here.</summary>
    internal static bool Stop(int processId)
    {
        if (!Started.TryRemove(processId, out var entry))
        {
            return false;
        }

        End(entry.Process);
        return true;
    }

    private static Process Launch(string scenario, int port, bool runPods, string? auditLog, string? auditPolicy)
    {
        var program = Path.Combine(ModuleFolder.Bin, "sandbox", "KubeSa.Sandbox.dll");
        var start = new ProcessStartInfo(DotnetHost.Find())
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["exec", program, "--scenario", scenario,
            "--port", port.ToString(CultureInfo.InvariantCulture), "--exit-with-stdin", .. runPods ? ["--run-pods"] : Array.Empty<string>(),
            .. auditLog is null ? Array.Empty<string>() : ["--audit-log", auditLog, "--audit-policy", auditPolicy ?? "all"]])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static Sandbox Describe(string ready, string scenario, int processId, string? auditLog)
    {
        var fields = JsonDocument.Parse(ready).RootElement;
        return new Sandbox
        {
            Url = fields.GetProperty("url").GetString()!,
            CertificateAuthority = fields.GetProperty("caFile").GetString()!,
            KubeConfig = fields.GetProperty("kubeConfig").GetString()!,
            MountPath = fields.GetProperty("mountPath").GetString()!,
            ProcessId = processId,
            Scenario = scenario,
            AuditLog = auditLog,
        };
    }

    private static async Task<KubeApiException> WhyItEndedAsync(Process process, CancellationToken stop)
    {
        var error = (await process.StandardError.ReadToEndAsync(stop).ConfigureAwait(false)).Trim();
        await process.WaitForExitAsync(stop).ConfigureAwait(false);
        return process.ExitCode == RuntimeMissing || error.Contains("Microsoft.AspNetCore.App", StringComparison.Ordinal)
            ? new KubeApiException(
                FailureKind.SandboxFailed,
                "The sandbox needs the ASP.NET Core runtime, version 8 or later, and this machine has none. Install it "
                + "(package aspnetcore-runtime, or any .NET SDK) from https://dotnet.microsoft.com/download.",
                "Microsoft.AspNetCore.App")
            : new KubeApiException(
                FailureKind.SandboxFailed, $"The sandbox ended with exit code {process.ExitCode}: {error}", "KubeSa.Sandbox");
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
        {
            // It removes its files when its input closes; it is killed only where it does not.
            process.StandardInput.Close();
            if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }
        }

        process.Dispose();
    }
}
