using System.Collections;
using System.Diagnostics;
using KubeSa.Sandbox.Faults;
using KubeSa.Tests.Engine;
using KubeSa.Tests.Secrecy;
using Xunit;

namespace KubeSa.Contract.Faults;

/// <summary>A PowerShell session that is connected to the sandbox by its mount's token, and was there before the fault.</summary>
internal sealed class FaultSession : IDisposable
{
    private const string Read = "Get-KubeServiceAccount builder -Namespace team-a";

    private readonly HostedEngine _engine = new();
    private readonly FaultedSandbox _sandbox;
    private readonly int _seconds;
    private readonly string _signature;

    internal FaultSession(FaultedSandbox sandbox, int seconds, string? tokenFile = null)
    {
        _sandbox = sandbox;
        _seconds = seconds;
        _signature = File.ReadAllText(sandbox.TokenFile).Trim().Split('.')[2];
        _engine.Run(
            "param($server, $token, $ca, $seconds) Connect-KubeCluster -Server $server -TokenFile $token -CertificateAuthority $ca -TimeoutSeconds $seconds",
            sandbox.Server.Url, tokenFile ?? sandbox.TokenFile, Path.Combine(sandbox.Server.MountPath, "ca.crt"), seconds).RequireNoErrors();
        _engine.Run(Read).RequireNoErrors();
    }

    public void Dispose() => _engine.Dispose();

    /// <summary>Runs a command under a fault: in bounded time, and no stream shows the token.</summary>
    internal EngineResult Run(Fault fault, string command)
    {
        _sandbox.Server.Faults.Set(fault);
        try
        {
            var watch = Stopwatch.StartNew();
            var result = _engine.Run(command);

            // The time of the call, and what a busy machine adds to it.
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(_seconds + 15), $"{command} took {watch.Elapsed}.");
            var search = new SecretSearch([_signature[..24], _signature[^24..]]);
            search.Look(result, "result");
            search.Look(result.Output, "output");
            search.Look(result.Errors, "errors");
            search.Look(result.Verbose.Concat(result.Debug).Concat(result.Warnings).Concat(result.Information).ToList(), "messages");
            search.Look((IEnumerable)_engine.Runspace.SessionStateProxy.GetVariable("Error"), "$Error");
            Assert.True(search.Texts > 0, "Nothing was searched.");
            Assert.Empty(search.Found);
            return result;
        }
        finally
        {
            _sandbox.Server.Faults.Clear();
        }
    }
}
