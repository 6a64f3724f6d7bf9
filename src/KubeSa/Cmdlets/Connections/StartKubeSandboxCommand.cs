using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Connections;

namespace KubeSa.Cmdlets;

/// <summary>
/// Starts a sandbox: an in-memory stand-in for an API server, on loopback and over TLS, for trying every cmdlet and
/// for tests. It ends with the session or by Stop-KubeSandbox.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "KubeSandbox", HelpUri = HelpPages.Folder + "Start-KubeSandbox.md")]
[OutputType(typeof(Sandbox))]
public sealed class StartKubeSandboxCommand : KubeCmdlet
{
    /// <summary>
    /// What the cluster is like: modern (as Kubernetes 1.36), legacy (as 1.20, where each account gets a token Secret by
    /// itself), retired-key (one where a program's token was signed with a key that the server no longer uses), audit (one in which much is wrong).
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateSet("modern", "legacy", "retired-key", "audit")]
    public string Scenario { get; set; } = "modern";

    /// <summary>The port on 127.0.0.1 to listen on; a free one where this is 0.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int Port { get; set; }

    /// <summary>Make it the runspace's current connection, with an administrator's rights.</summary>
    [Parameter]
    public SwitchParameter Connect { get; set; }

    /// <summary>
    /// Run the pods that are made in it: their container's command, if that is pwsh, as a process of this machine with the
    /// pod's mount and environment. Without it no pod runs.
    /// </summary>
    [Parameter]
    public SwitchParameter RunPods { get; set; }

    /// <summary>
    /// The file to which the server writes its audit log, as Kubernetes does; it is appended to. Get-KubeAccessUse reads it.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AuditLog { get; set; }

    /// <summary>What the audit log holds: all requests, or what managed clusters log, which leave out health checks, events and others.</summary>
    [Parameter]
    [ValidateSet("all", "managed")]
    public string AuditPolicy { get; set; } = "all";

    private protected override void Process()
    {
        var log = AuditLog is null ? null : ResolvePath(AuditLog);
        var sandbox = Await(call => SandboxProcess.StartAsync(Scenario, Port, call.Stop, RunPods, log, AuditPolicy));
        if (Connect)
        {
            RunspaceConnections.Here.MakeCurrent(RunspaceConnections.Open(new ConnectionOptions
            {
                Source = ConnectionSource.KubeConfig,
                KubeConfig = sandbox.KubeConfig,
            }));
        }

        WriteObject(sandbox);
    }

    private protected override KubeApiException Complete(KubeApiException failure) =>
        Connect ? failure.With(RunspaceConnections.StillCurrent) : failure;
}
