using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that does the same to each of the service accounts that are named or piped.</summary>
public abstract class ServiceAccountCmdlet : KubeApiCmdlet
{
    private protected ServiceAccountCmdlet()
    {
    }

    /// <summary>
    /// The accounts: <c>NAME</c>, <c>NAMESPACE/NAME</c>, or accounts from the pipeline. One that is not there is the error
    /// ServiceAccountNotFound, and the others go on.
    /// </summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceAccountCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The account that a piped usage, workload or token Secret belongs to; wins over its name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    [ValidateNotNullOrEmpty]
    public string? ServiceAccount { get; set; }

    /// <summary>The namespace of the accounts; the connection's own where this is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ns")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    private protected sealed override void Process()
    {
        var cluster = Cluster;
        foreach (var name in ServiceAccount is null ? Name : [ServiceAccount])
        {
            Guard(() =>
            {
                var account = new ServiceAccountReference(name);
                var ns = account.NamespaceOr(Namespace) ?? cluster.Namespace;
                KubeName.RequireNamespace(ns);
                KubeName.RequireName("service account", account.Name, ns);
                Process(cluster, ns, account.Name);
            });
        }
    }

    /// <summary>What is done to one account; both names are well formed.</summary>
    private protected abstract void Process(Connection cluster, string @namespace, string name);
}
