using System.Management.Automation;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that does something for service accounts and is about another thing: a role, a token Secret, a probe.</summary>
public abstract class ForAccountCmdlet : AccountTargetCmdlet
{
    private protected ForAccountCmdlet()
    {
    }

    /// <summary>
    /// The accounts: <c>NAME</c>, <c>NAMESPACE/NAME</c>, <c>system:serviceaccount:NAMESPACE:NAME</c>, accounts from the pipeline, or
    /// what belongs to one. One that is not there is the error ServiceAccountNotFound.
    /// </summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceAccountCompleter))]
    public virtual ServiceAccountReference[] ServiceAccount { get; set; } = [];

    private protected sealed override IEnumerable<ServiceAccountReference> Accounts => ServiceAccount;
}
