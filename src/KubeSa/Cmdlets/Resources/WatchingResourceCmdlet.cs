using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that follows objects: gathers what is named or piped, and then watches all of it at once.</summary>
public abstract class WatchingResourceCmdlet : ResourceQueryCmdlet
{
    private protected const string InputSet = "InputObject";

    // What has a namespace and a selector in common is followed by one watch.
    private readonly Dictionary<(Connection Cluster, ApiResource Resource, string Scope), List<WantedObject>> _wanted = [];

    private protected WatchingResourceCmdlet()
    {
    }

    /// <summary>An object of the server, as Get-KubeResource gives it.</summary>
    [Parameter(ParameterSetName = InputSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public PSObject? InputObject { get; set; }

    private protected sealed override void Process()
    {
        if (InputObject is not { } piped)
        {
            base.Process();
            return;
        }

        var cluster = Cluster;
        var identity = ResourceIdentity.Of(piped);
        var resource = Find(cluster, identity.Argument);
        var ns = resource.Namespaced ? identity.Namespace ?? cluster.Namespace : "*";
        ResourceNames.Require(resource, identity.Name, ns);
        Add(cluster, resource, new WantedObject(new NamePattern(ns), new NamePattern(identity.Name, ignoreCase: false), identity.Uid));
    }

    private protected sealed override void Process(Connection cluster, ApiResource resource, NamePattern scope, NamePattern name) =>
        Add(cluster, resource, new WantedObject(scope, name, null));

    /// <summary>What is to be followed.</summary>
    private protected IEnumerable<(WatchTarget Target, IReadOnlyList<WantedObject> Wanted)> Targets(TimeSpan? limit)
    {
        foreach (var ((cluster, resource, _), wanted) in _wanted)
        {
            var query = QueryOf(resource, wanted[0].Scope, wanted is [var one] ? one.Name : new NamePattern("*"));
            var isAll = wanted.Exists(any => any.Scope.Text == "*" && any.Name.Text == "*");
            yield return (
                new WatchTarget(cluster, resource, new ResourceWatch(query) { Limit = limit, IsWanted = isAll ? null : (ns, name) => wanted.Exists(any => any.Matches(ns, name)) }),
                wanted);
        }
    }

    private void Add(Connection cluster, ApiResource resource, WantedObject wanted)
    {
        var key = (cluster, resource, wanted.Scope.Text);
        if (!_wanted.TryGetValue(key, out var all))
        {
            _wanted[key] = all = [];
        }

        all.Add(wanted);
    }
}
