using System.Management.Automation;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that calls one API server.</summary>
public abstract class KubeApiCmdlet : ConnectedCmdlet
{
    private protected KubeApiCmdlet()
    {
    }

    /// <summary>The context of the kubeconfig to use instead of the current connection.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string? Context { get; set; }

    private protected sealed override IReadOnlyList<string> Contexts => Context is null ? [] : [Context];
}
