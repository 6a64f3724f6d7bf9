using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Rbac;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that asks about something that may be allowed: a verb, and a resource or a path.</summary>
public abstract class AccessCmdlet : NamespaceCmdlet
{
    private protected const string ResourceSet = "Resource";
    private protected const string UrlSet = "NonResourceUrl";
    private const string AllNamespacesSet = "AllNamespaces";

    private readonly Dictionary<(Connection Cluster, string What), ResourceLookup?> _lookups = [];
    private readonly HashSet<string> _told = [];

    private protected AccessCmdlet()
    {
    }

    /// <summary>The verbs: get, list, watch, create, update, patch, delete ... or * for all.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VerbCompleter))]
    public string[] Verb { get; set; } = [];

    /// <summary>
    /// The resources, by their names in the plural or singular, their short names or kinds, with group and subresource where
    /// there are such: pods, deploy, deployments.apps, deployments.v1.apps, pods/log, or * for all. What is behind the slash and
    /// is no subresource is the name of an object: pods/web-0. What begins with a slash is a path, as for -NonResourceUrl.
    /// </summary>
    [Parameter(ParameterSetName = ResourceSet, Position = 1, Mandatory = true)]
    [Parameter(ParameterSetName = AllNamespacesSet, Position = 1, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public string[] Resource { get; set; } = [];

    /// <summary>The name of the one object that is meant; all of the resource where this is left out.</summary>
    [Parameter(ParameterSetName = ResourceSet, Position = 2)]
    [Parameter(ParameterSetName = AllNamespacesSet, Position = 2)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public string? Name { get; set; }

    /// <summary>Paths of URLs that stand for no resource: /healthz, /metrics.</summary>
    [Parameter(ParameterSetName = UrlSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NonResourceUrlCompleter))]
    public string[] NonResourceUrl { get; set; } = [];

    /// <summary>
    /// The namespace to ask about; that of the account, else the connection's own, where this is left out. The answer says which it
    /// was. kubectl auth can-i asks in the current namespace, whatever the account that --as names.
    /// </summary>
    [Parameter(ParameterSetName = ResourceSet, ValueFromPipelineByPropertyName = true)]
    [Alias("ns", "n")]
    [ValidateNotNullOrEmpty]
    [WithoutKind("namespace")]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public override string? Namespace { get; set; }

    /// <summary>Ask about all namespaces at once.</summary>
    [Parameter(ParameterSetName = AllNamespacesSet, Mandatory = true)]
    [Alias("A")]
    public SwitchParameter AllNamespaces { get; set; }

    /// <summary>What is asked about: each verb with each resource, or with each path.</summary>
    private protected IEnumerable<(string Verb, string What)> Questions =>
        from verb in Verb from what in ParameterSetName == UrlSet ? NonResourceUrl : Resource select (verb.ToLowerInvariant(), what);

    /// <summary>Whether it stands for no resource but for a path of the server.</summary>
    private protected bool IsPath(string what) => ParameterSetName == UrlSet || what.StartsWith('/');

    /// <summary>The question about a path.</summary>
    private protected AccessRequest OfPath(string verb, string path)
    {
        KubeName.RefuseOption(verb);
        KubeName.RefuseOption(path);
        if (!path.StartsWith('/'))
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"'{path}' is not a path of a URL: it must begin with '/'.", path);
        }

        if (Name is not null)
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"A path such as '{path}' has no objects with names: leave -Name out.", path);
        }

        WarnOfVerb(RbacVerbs.WarningForPath(verb));
        return new AccessRequest(verb) { NonResourceUrl = path };
    }

    /// <summary>
    /// The question about a resource as the user writes it, which the server is asked for as kubectl does, and whether it
    /// lives in namespaces; a warning where the server does not have it.
    /// </summary>
    private protected (AccessRequest Request, bool InNamespaces) OfResource(Connection cluster, string verb, string what, string ns)
    {
        KubeName.RefuseOption(verb);
        var argument = ResourceArgument.Parse(what);
        var lookup = Lookup(cluster, argument);
        var target = AccessTarget.Of(argument, lookup?.Resource, Name);
        WarnOfResource(cluster, argument, lookup);
        WarnOfVerb(RbacVerbs.WarningForResource(verb, lookup?.Resource));
        if (target.Warning is { } warning)
        {
            WarnOnce(warning);
        }

        KubeName.RequireNamespace(ns);
        var inNamespaces = lookup?.Resource is not { Namespaced: false };
        return (
            new AccessRequest(verb)
            {
                Resource = target.Resource,
                Group = target.Group,
                Subresource = target.Subresource,
                Name = target.Name,
                Namespace = AllNamespaces || !inNamespaces ? null : ns,
            },
            inNamespaces);
    }

    /// <summary>Tells that the namespace does not count, as kubectl does, where one was asked about.</summary>
    private protected void WarnOfScope(AccessRequest request, bool inNamespaces)
    {
        if (!inNamespaces && !AllNamespaces)
        {
            var group = request.Group.Length == 0 ? string.Empty : $" in group '{request.Group}'";
            WarnOnce($"resource '{request.Resource}' is not namespace scoped{group}: the answer is about the whole cluster.");
        }
    }

    private ResourceLookup? Lookup(Connection cluster, ResourceArgument argument)
    {
        var key = (cluster, argument.FullName);
        if (!_lookups.TryGetValue(key, out var lookup))
        {
            lookup = argument.IsAll ? null : Await(call => cluster.Api.FindResourceAsync(argument, call));
            _lookups.Add(key, lookup);
        }

        return lookup;
    }

    private void WarnOfResource(Connection cluster, ResourceArgument argument, ResourceLookup? lookup)
    {
        if (lookup is null or { Resource: not null } || RbacVerbs.IsKnownOnlyToRoles(argument))
        {
            return;
        }

        var group = argument.Group is { } given ? $" in group '{given}'" : string.Empty;
        WarnOnce(lookup.Exists == false
            ? $"the server doesn't have a resource type '{argument.Name}'{group} ({cluster.Server}): the answer is about that name as it stands."
            : $"Whether {cluster.Server} has a resource '{argument.FullName}' could not be looked up, so the answer is about that name as it stands. {lookup.Problem}");
    }

    private void WarnOfVerb(string? warning)
    {
        if (warning is not null)
        {
            WarnOnce(warning);
        }
    }

    // The same for each of a hundred accounts would hide the answers.
    private void WarnOnce(string warning)
    {
        if (_told.Add(warning))
        {
            WriteWarning(warning);
        }
    }
}
