using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that asks about something that may be allowed: a verb, and a resource or a path.</summary>
public abstract class AccessCmdlet : KubeApiCmdlet
{
    private protected const string ResourceSet = "Resource";
    private protected const string UrlSet = "NonResourceUrl";

    private protected AccessCmdlet()
    {
    }

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

    /// <summary>Ask about all namespaces at once.</summary>
    [Parameter(ParameterSetName = ResourceSet)]
    [Alias("A")]
    public SwitchParameter AllNamespaces { get; set; }

    /// <summary>What is asked about: each verb with each resource, or with each path.</summary>
    private protected IEnumerable<(string Verb, string What)> Questions =>
        from verb in Verb from what in ParameterSetName == UrlSet ? NonResourceUrl : Resource select (verb.ToLowerInvariant(), what);

    /// <summary>The question about a path.</summary>
    private protected static AccessRequest OfPath(string verb, string path) => path.StartsWith('/')
        ? new AccessRequest(verb) { NonResourceUrl = path }
        : throw new KubeApiException(FailureKind.InvalidRequest, $"'{path}' is no path of a URL: it must begin with '/'.", path);

    /// <summary>
    /// The question about a resource as the user writes it, which the server is asked for as kubectl does, and whether it
    /// lives in namespaces; a warning where the server does not have it.
    /// </summary>
    private protected (AccessRequest Request, bool InNamespaces) OfResource(Connection cluster, string verb, string what, string ns)
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

        KubeName.RequireNamespace(ns);
        var inNamespaces = known is not { Namespaced: false };
        return (
            new AccessRequest(verb)
            {
                Resource = known?.Name ?? name,
                Group = known?.Group ?? group ?? (name == "*" ? "*" : string.Empty),
                Subresource = sub,
                Name = Name,
                Namespace = AllNamespaces || !inNamespaces ? null : ns,
            },
            inNamespaces);
    }
}
