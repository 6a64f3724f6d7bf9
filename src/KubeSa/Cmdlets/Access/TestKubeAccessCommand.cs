using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>Asks the server whether we, or a service account, may do something.</summary>
[Cmdlet(VerbsDiagnostic.Test, "KubeAccess", HelpUri = HelpPages.Folder + "Test-KubeAccess.md", DefaultParameterSetName = ResourceSet)]
[OutputType(typeof(AccessDecision), typeof(bool))]
public sealed class TestKubeAccessCommand : AccessCmdlet
{
    /// <summary>
    /// The accounts to ask about: <c>NAME</c>, <c>NAMESPACE/NAME</c>, or accounts from the pipeline; the connection's own
    /// user where this is left out. To ask about others needs a right to create subjectaccessreviews.
    /// </summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceAccountCompleter))]
    public ServiceAccountReference[]? ServiceAccount { get; set; }

    /// <summary>
    /// The namespace to ask about; that of the account, else the connection's own, where this is left out. The decision says
    /// which it was. kubectl auth can-i asks in the current namespace, whatever the account that --as names.
    /// </summary>
    [Parameter(ParameterSetName = ResourceSet, ValueFromPipelineByPropertyName = true)]
    [Alias("ns", "n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    /// <summary>Output true or false and not the decision.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override void Process()
    {
        foreach (var account in ServiceAccount ?? [null!])
        {
            var cluster = ClusterOf(account);
            foreach (var (verb, what) in Questions)
            {
                Guard(() => Ask(cluster, account, verb, what));
            }
        }
    }

    private void Ask(Connection cluster, ServiceAccountReference? account, string verb, string what)
    {
        var (request, inNamespaces) = IsPath(what)
            ? (OfPath(verb, what), false)
            : OfResource(cluster, verb, what, Namespace ?? account?.Namespace ?? cluster.Namespace);
        if (request.Resource is not null)
        {
            WarnOfScope(request, inNamespaces);
        }

        if (account is not null)
        {
            var ns = account.Namespace ?? Namespace ?? cluster.Namespace;
            KubeName.RequireNamespace(ns);
            KubeName.RequireName("service account", account.Name, ns);
            request = request with { User = ServiceAccountNames.UserName(ns, account.Name), Groups = ServiceAccountNames.Groups(ns) };
        }

        var decision = From(cluster, Await(call => cluster.Api.ReviewAccessAsync(request, call)));
        WriteObject(Quiet ? decision.Allowed : decision);
    }
}
