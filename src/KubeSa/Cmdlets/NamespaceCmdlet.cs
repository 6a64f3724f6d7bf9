using System.Management.Automation;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that acts in one namespace.</summary>
public abstract class NamespaceCmdlet : KubeApiCmdlet
{
    private protected NamespaceCmdlet()
    {
    }

    /// <summary>The namespace; that of what is named or piped, else the connection's own, where this is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ns", "n")]
    [ValidateNotNullOrEmpty]
    [WithoutKind("namespace")]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public virtual string? Namespace { get; set; }
}
