using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet for those objects of a resource that are named, or that match.</summary>
public abstract class ResourceQueryCmdlet : NamespaceQueryCmdlet
{
    private readonly ResourceRows _rows = new();

    private bool _isNameTyped;

    private protected ResourceQueryCmdlet()
    {
    }

    /// <summary>
    /// The resources, as the server names them: in the plural or singular, by short name or kind, with the group and the version
    /// where that is needed: pods, deploy, deployments.apps, deployments.v1.apps, Pod, and custom ones alike. What is behind a
    /// slash is the name of an object: deploy/web.
    /// </summary>
    [Parameter(ParameterSetName = NamespaceSet, Position = 0, Mandatory = true)]
    [Parameter(ParameterSetName = AllNamespacesSet, Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KindCompleter))]
    public string[] Resource { get; set; } = [];

    /// <summary>
    /// The names of objects, with wildcards; all where this is left out. A name without wildcards that is not there is an error,
    /// NotFound or the id that the kind has; wildcards that match nothing are no error.
    /// </summary>
    [Parameter(ParameterSetName = NamespaceSet, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = AllNamespacesSet, Position = 1, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Only objects whose labels match, as kubectl's -l: <c>app=web,tier!=test</c>.</summary>
    [Parameter(ParameterSetName = NamespaceSet)]
    [Parameter(ParameterSetName = AllNamespacesSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? LabelSelector { get; set; }

    /// <summary>Only objects whose fields match, as kubectl's --field-selector: <c>status.phase=Running</c>.</summary>
    [Parameter(ParameterSetName = NamespaceSet)]
    [Parameter(ParameterSetName = AllNamespacesSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? FieldSelector { get; set; }

    /// <summary>That what is piped is a namespace to look in, and its name not that of an object.</summary>
    [Parameter(ParameterSetName = NamespaceSet, ValueFromPipelineByPropertyName = true, DontShow = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public bool IsNamespace { get; set; }

    /// <summary>Whether any selector was given.</summary>
    private protected bool HasSelectors => LabelSelector is not null || FieldSelector is not null;

    private protected sealed override void Begin() => _isNameTyped = MyInvocation.BoundParameters.ContainsKey(nameof(Name));

    private protected override void Process()
    {
        var cluster = Cluster;
        foreach (var text in Resource.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            Guard(() => Process(cluster, text));
        }
    }

    /// <summary>What is done with the objects of a name in a namespace.</summary>
    /// <param name="cluster">Where they are.</param>
    /// <param name="resource">Their resource.</param>
    /// <param name="scope">Their namespaces; a pattern for all where they live in none.</param>
    /// <param name="name">Their name.</param>
    private protected abstract void Process(Connection cluster, ApiResource resource, NamePattern scope, NamePattern name);

    /// <summary>What to ask the server for: it looks for a literal name itself; wildcards are matched here.</summary>
    private protected ResourceQuery QueryOf(ApiResource resource, NamePattern scope, NamePattern name)
    {
        var byName = name.IsWildcard ? null : $"metadata.name={name.Text}";
        return new ResourceQuery(
            resource,
            scope.IsWildcard ? null : scope.Text,
            LabelSelector,
            FieldSelector is null || byName is null ? FieldSelector ?? byName : $"{FieldSelector},{byName}");
    }

    /// <summary>The resource that a name stands for; NotFound where the server has none such.</summary>
    private protected ApiResource Find(Connection cluster, ResourceArgument argument) =>
        FoundResource.Of(argument, Await(call => cluster.Api.FindResourceAsync(argument, call)));

    /// <inheritdoc cref="ResourceRows.ToObject"/>
    private protected PSObject ToObject(Connection cluster, ApiResource resource, ResourceItem item, bool isWide = false, bool withNamespace = false) =>
        _rows.ToObject(cluster, resource, item, isWide, withNamespace);

    private void Process(Connection cluster, string text)
    {
        var argument = ResourceArgument.Parse(text);
        var given = IsNamespace && !_isNameTyped ? null : Name;
        if (argument.Rest is not null && given is not null)
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"'{text}' names an object, and -Name does too. Leave one of them out.", text);
        }

        var resource = Find(cluster, argument);
        string[] names = argument.Rest is { } named ? [named] : given ?? ["*"];
        foreach (var scope in resource.Namespaced ? Scopes(cluster) : [new NamePattern("*")])
        {
            foreach (var name in names)
            {
                Guard(() =>
                {
                    var pattern = new NamePattern(name, ignoreCase: false);
                    if (!pattern.IsWildcard)
                    {
                        ResourceNames.Require(resource, name, scope.IsWildcard ? null : scope.Text);
                    }

                    Process(cluster, resource, scope, pattern);
                });
            }
        }
    }
}
