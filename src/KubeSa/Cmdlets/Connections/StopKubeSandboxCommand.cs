using System.Globalization;
using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Connections;

namespace KubeSa.Cmdlets;

/// <summary>Ends sandboxes that were started from this session: those given, or all.</summary>
[Cmdlet(VerbsLifecycle.Stop, "KubeSandbox", HelpUri = HelpPages.Folder + "Stop-KubeSandbox.md")]
public sealed class StopKubeSandboxCommand : KubeCmdlet
{
    /// <summary>
    /// The process ids of the sandboxes, as Start-KubeSandbox gives them; all that this session started where this is
    /// left out.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int[]? ProcessId { get; set; }

    private protected override void Process()
    {
        foreach (var id in ProcessId ?? [.. SandboxProcess.Running.Select(sandbox => sandbox.ProcessId)])
        {
            Guard(() => Stop(id));
        }
    }

    private static void Stop(int id)
    {
        if (!SandboxProcess.Stop(id))
        {
            throw new KubeApiException(
                FailureKind.NotFound,
                $"No sandbox with process id {id} was started from this session.",
                id.ToString(CultureInfo.InvariantCulture));
        }
    }
}
