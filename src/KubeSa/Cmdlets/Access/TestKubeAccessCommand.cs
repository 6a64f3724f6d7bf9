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
    /// The accounts to ask about: names, with wildcards, <c>NAMESPACE/NAME</c>, or accounts from the pipeline; the connection's own
    /// user where this is left out. To ask about others needs a right to create subjectaccessreviews.
    /// </summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceAccountCompleter))]
    public ServiceAccountReference[]? ServiceAccount { get; set; }

    /// <summary>Output true or false and not the decision.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override void Process()
    {
        foreach (var account in ServiceAccount ?? [null!])
        {
            Guard(() =>
            {
                var cluster = ClusterOf(account);
                foreach (var one in account is null ? [null] : Matching(cluster, account))
                {
                    foreach (var (verb, what) in Questions)
                    {
                        Guard(() => Ask(cluster, one, verb, what));
                    }
                }
            });
        }
    }

    /// <summary>The accounts that a name with wildcards stands for; the account itself, which is not looked for, without them.</summary>
    private List<(string Namespace, string Name)?> Matching(Connection cluster, ServiceAccountReference account)
    {
        var scope = new NamePattern(account.Namespace ?? Namespace ?? cluster.Namespace);
        var name = new NamePattern(account.Name);
        if (!scope.IsWildcard)
        {
            KubeName.RequireNamespace(scope.Text);
        }

        if (!name.IsWildcard)
        {
            KubeName.RequireName("service account", name.Text, scope.Text);
        }

        return !scope.IsWildcard && !name.IsWildcard
            ? [(scope.Text, name.Text)]
            : [.. AwaitEach(call => cluster.Api.ListServiceAccountsAsync(new ListQuery(scope.IsWildcard ? null : scope.Text), call))
                .Where(item => scope.Matches(item.Namespace) && name.Matches(item.Name)).Select(item => ((string, string)?)(item.Namespace, item.Name))];
    }

    private void Ask(Connection cluster, (string Namespace, string Name)? account, string verb, string what)
    {
        var (request, inNamespaces) = IsPath(what)
            ? (OfPath(verb, what), false)
            : OfResource(cluster, verb, what, Namespace ?? account?.Namespace ?? cluster.Namespace);
        if (request.Resource is not null)
        {
            WarnOfScope(request, inNamespaces);
        }

        if (account is var (ns, name))
        {
            request = request with { User = ServiceAccountNames.UserName(ns, name), Groups = ServiceAccountNames.Groups(ns) };
        }

        var decision = From(cluster, Await(call => cluster.Api.ReviewAccessAsync(request, call)));
        WriteObject(Quiet ? decision.Allowed : decision);
    }
}
