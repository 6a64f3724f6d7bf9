using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>Asks the server whether we, or a service account, may do something.</summary>
[Cmdlet(VerbsDiagnostic.Test, "KubeAccess", DefaultParameterSetName = ResourceSet)]
[OutputType(typeof(AccessDecision), typeof(bool))]
public sealed class TestKubeAccessCommand : KubeApiCmdlet
{
    private const string ResourceSet = "Resource";
    private const string UrlSet = "NonResourceUrl";

    /// <summary>The verbs: get, list, watch, create, update, patch, delete ... or * for all.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VerbCompleter))]
    public string[] Verb { get; set; } = [];

    /// <summary>The resources, with group and subresource where there are such: pods, deployments.apps, pods/log, or * for all.</summary>
    [Parameter(ParameterSetName = ResourceSet, Position = 1, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public string[] Resource { get; set; } = [];

    /// <summary>The name of the one object that is meant; all of the resource where this is left out.</summary>
    [Parameter(ParameterSetName = ResourceSet, Position = 2)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Paths of URLs that stand for no resource: /healthz, /metrics.</summary>
    [Parameter(ParameterSetName = UrlSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[] NonResourceUrl { get; set; } = [];

    /// <summary>
    /// The accounts to ask about: <c>NAME</c>, <c>NAMESPACE/NAME</c>, or accounts from the pipeline; the connection's own
    /// user where this is left out. To ask about others needs a right to create subjectaccessreviews.
    /// </summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceAccountCompleter))]
    public ServiceAccountReference[]? ServiceAccount { get; set; }

    /// <summary>The namespace to ask about; that of the account, else the connection's own, where this is left out.</summary>
    [Parameter(ParameterSetName = ResourceSet, ValueFromPipelineByPropertyName = true)]
    [Alias("ns")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    /// <summary>Ask about all namespaces at once.</summary>
    [Parameter(ParameterSetName = ResourceSet)]
    [Alias("A")]
    public SwitchParameter AllNamespaces { get; set; }

    /// <summary>Output true or false and not the decision.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override void Process()
    {
        foreach (var account in ServiceAccount ?? [null!])
        {
            var cluster = Connection ?? account?.Origin as Connection ?? Cluster;
            foreach (var verb in Verb)
            {
                foreach (var what in ParameterSetName == UrlSet ? NonResourceUrl : Resource)
                {
                    Guard(() => Ask(cluster, account, verb, what));
                }
            }
        }
    }

    private void Ask(Connection cluster, ServiceAccountReference? account, string verb, string what)
    {
        var request = ParameterSetName == UrlSet
            ? new AccessRequest(verb.ToLowerInvariant()) { NonResourceUrl = RequirePath(what) }
            : OfResource(cluster, account, verb, what);
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

    private AccessRequest OfResource(Connection cluster, ServiceAccountReference? account, string verb, string what)
    {
        var slash = what.IndexOf('/', StringComparison.Ordinal);
        var (full, sub) = slash < 0 ? (what, null) : (what[..slash], what[(slash + 1)..]);
        var dot = full.IndexOf('.', StringComparison.Ordinal);
        var (name, group) = dot < 0 ? (full, null) : (full[..dot], full[(dot + 1)..]);
        if (name.Length == 0 || sub is "" || group is "")
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest,
                $"'{what}' is no resource. Write it as pods, deployments.apps, pods/log or deployments.apps/scale.",
                what);
        }

        var known = name == "*" ? null : Await(call => cluster.Api.FindResourceAsync(name, group, call));
        if (known is null && name != "*")
        {
            WriteWarning($"{cluster.Server} is not known to have a resource '{full}'; the answer is about that name as it stands.");
        }

        var ns = Namespace ?? account?.Namespace ?? cluster.Namespace;
        KubeName.RequireNamespace(ns);
        return new AccessRequest(verb.ToLowerInvariant())
        {
            Resource = known?.Name ?? name,
            Group = known?.Group ?? group ?? (name == "*" ? "*" : string.Empty),
            Subresource = sub,
            Name = Name,
            Namespace = AllNamespaces || known is { Namespaced: false } ? null : ns,
        };
    }

    private static string RequirePath(string path) => path.StartsWith('/')
        ? path
        : throw new KubeApiException(FailureKind.InvalidRequest, $"'{path}' is no path of a URL: it must begin with '/'.", path);
}
