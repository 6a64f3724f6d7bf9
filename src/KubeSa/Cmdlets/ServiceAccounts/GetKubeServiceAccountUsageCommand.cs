using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>
/// Shows who runs as service accounts and how they get their tokens: pods, and the workloads that own them or have none
/// at the moment. With -Unused the accounts that nobody runs as.
/// </summary>
[Cmdlet(VerbsCommon.Get, "KubeServiceAccountUsage", DefaultParameterSetName = NamespaceSet)]
[OutputType(typeof(ServiceAccountUsage))]
public sealed class GetKubeServiceAccountUsageCommand : KubeApiCmdlet
{
    private const string NamespaceSet = "Namespace";
    private const string AllNamespacesSet = "AllNamespaces";

    private static readonly WorkloadKind[] Kinds = Enum.GetValues<WorkloadKind>();

    // A piped list of accounts asks for each namespace once; what cannot be listed is said once and not for each account.
    private readonly Dictionary<(Connection Cluster, string Namespace), NamespaceUsage?> _known = [];

    /// <summary>
    /// The accounts: names, with wildcards, or accounts from the pipeline; all where this is left out. A name without
    /// wildcards that is not there is the error ServiceAccountNotFound.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceAccountCompleter))]
    public ServiceAccountReference[]? ServiceAccount { get; set; }

    /// <summary>The namespaces, with wildcards; the piped account's, else the connection's own, where this is left out.</summary>
    [Parameter(ParameterSetName = NamespaceSet, ValueFromPipelineByPropertyName = true)]
    [Alias("ns")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[]? Namespace { get; set; }

    /// <summary>Look in all namespaces.</summary>
    [Parameter(ParameterSetName = AllNamespacesSet, Mandatory = true)]
    [Alias("A")]
    public SwitchParameter AllNamespaces { get; set; }

    /// <summary>Output only the accounts that no pod and no workload runs as.</summary>
    [Parameter]
    public SwitchParameter Unused { get; set; }

    private protected override void Process()
    {
        foreach (var account in ServiceAccount ?? [new ServiceAccountReference("*")])
        {
            var cluster = ClusterOf(account);
            foreach (var scope in AllNamespaces ? ["*"] : Namespace ?? [account.Namespace ?? cluster.Namespace])
            {
                Guard(() => WriteScope(cluster, new NamePattern(scope), account));
            }
        }
    }

    private void WriteScope(Connection cluster, NamePattern scope, ServiceAccountReference account)
    {
        if (!scope.IsWildcard)
        {
            KubeName.RequireNamespace(scope.Text);
            RequireNamespaceExists(cluster, scope.Text);
            WriteNamespace(cluster, scope.Text, account);
            return;
        }

        foreach (var ns in AwaitEach(cluster.Api.ListNamespaceNamesAsync).Where(scope.Matches).ToList())
        {
            Guard(() => WriteNamespace(cluster, ns, account));
        }
    }

    private void WriteNamespace(Connection cluster, string ns, ServiceAccountReference account)
    {
        var name = new NamePattern(account.Name);
        if (!name.IsWildcard)
        {
            KubeName.RequireName("service account", name.Text, ns);
        }

        if (Usage(cluster, ns) is not { } usage)
        {
            return;
        }

        if (!Unused)
        {
            var found = (name.IsWildcard ? usage.All.Where(line => name.Matches(line.ServiceAccount)) : usage.Of(name.Text)).ToList();
            found.ForEach(line => WriteObject(From(cluster, line)));
            if (found.Count == 0 && !name.IsWildcard && !WasReadFrom(cluster, account))
            {
                // Nobody runs as it, or it is mistyped: the user wants to know which.
                Await(call => cluster.Api.GetServiceAccountAsync(ns, name.Text, call));
            }

            return;
        }

        foreach (var candidate in Accounts(cluster, ns, account, name))
        {
            if (usage.Unused(candidate) is { } line)
            {
                WriteObject(From(cluster, line));
            }
        }
    }

    /// <summary>The server lists a missing namespace as an empty one, and then nothing would be used.</summary>
    private void RequireNamespaceExists(Connection cluster, string ns)
    {
        if (!_known.ContainsKey((cluster, ns)) && Await(call => cluster.Api.NamespaceExistsAsync(ns, call)) == false)
        {
            throw new KubeApiException(FailureKind.NamespaceNotFound, $"There is no namespace '{ns}' on {cluster.Server}.", ns);
        }
    }

    /// <summary>The accounts that there are: one that was read is taken for granted, of a name that is typed it is asked.</summary>
    private IEnumerable<string> Accounts(Connection cluster, string ns, ServiceAccountReference account, NamePattern name)
    {
        if (WasReadFrom(cluster, account))
        {
            return [account.Name];
        }

        return name.IsWildcard
            ? AwaitEach(call => cluster.Api.ListServiceAccountsAsync(new ListQuery(ns), call)).Select(item => item.Name).Where(name.Matches)
            : [Await(call => cluster.Api.GetServiceAccountAsync(ns, name.Text, call)).Name];
    }

    private NamespaceUsage? Usage(Connection cluster, string ns)
    {
        if (!_known.TryGetValue((cluster, ns), out var usage))
        {
            _known[(cluster, ns)] = null;
            usage = new NamespaceUsage(
                ns,
                [.. AwaitEach(call => cluster.Api.ListPodUsesAsync(ns, call))],
                [.. Kinds.SelectMany(kind => AwaitEach(call => cluster.Api.ListTemplateUsesAsync(kind, ns, call)))]);
            _known[(cluster, ns)] = usage;
        }

        return usage;
    }
}
