using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that changes the very objects that are named or piped, each with its uid as a precondition.</summary>
public abstract class ChangingResourceCmdlet : ResourceCmdlet
{
    private protected const string NameSet = "Name";
    private protected const string InputSet = "InputObject";

    private protected ChangingResourceCmdlet()
    {
    }

    /// <summary>An object of the server, as Get-KubeResource and ConvertFrom-Json give it: it must say its kind, apiVersion and name.</summary>
    [Parameter(ParameterSetName = InputSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public PSObject? InputObject { get; set; }

    /// <summary>The resource: pods, deploy, deployments.apps, or with a name behind a slash: deploy/web.</summary>
    [Parameter(ParameterSetName = NameSet, Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KindCompleter))]
    public string Resource { get; set; } = string.Empty;

    /// <summary>The names of the objects.</summary>
    [Parameter(ParameterSetName = NameSet, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public string[]? Name { get; set; }

    private protected sealed override void Process()
    {
        var cluster = Cluster;
        if (InputObject is { } piped)
        {
            var identity = ResourceIdentity.Of(piped);
            var resource = Find(cluster, identity.Argument);
            RequireNamespaceOf(identity);
            Process(cluster, Checked(cluster, resource, identity.Namespace, identity.Name), identity.Uid);
            return;
        }

        var argument = ResourceArgument.Parse(Resource);
        var names = argument.Rest is { } named ? [named, .. Name ?? []] : Name ?? throw new KubeApiException(
            FailureKind.InvalidRequest, $"Say which of the {Resource}: give -Name, or write {Resource}/NAME.", Resource);
        var found = Find(cluster, argument);
        foreach (var name in names)
        {
            Guard(() => Process(cluster, Checked(cluster, found, Namespace, name), null));
        }
    }

    /// <summary>What is done to one object.</summary>
    /// <param name="cluster">Where it is.</param>
    /// <param name="target">Which it is.</param>
    /// <param name="uid">The uid that it had when it was read; null where a name was typed.</param>
    private protected abstract void Process(Connection cluster, ResourceTarget target, string? uid);

    /// <summary>The uid of the object as it is now, which must be the one that was read.</summary>
    private protected string UidOf(Connection cluster, ResourceTarget target, string? uid)
    {
        var now = Await(call => cluster.Api.GetObjectAsync(target.Resource, target.Namespace, target.Name, call));
        var made = ToObject(cluster, target.Resource, now);
        var current = ResourceIdentity.Of(made).Uid ?? throw new KubeApiException(FailureKind.ProtocolError, $"The server sends {target.Title} without a uid, so nothing was changed.", target.ToString());
        Recreated.Refuse(ResourceNames.Noun(target.Resource), target.ToString(), uid, current);
        return current;
    }

    private void RequireNamespaceOf(ResourceIdentity identity)
    {
        if (Namespace is not null && identity.Namespace is { } own && own != Namespace)
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest, $"'{identity.Name}' is in the namespace '{own}', and -Namespace says '{Namespace}'. Leave -Namespace out.", $"{own}/{identity.Name}");
        }
    }

    private ResourceTarget Checked(Connection cluster, ApiResource resource, string? ns, string name)
    {
        var place = resource.Namespaced ? ns ?? Namespace ?? cluster.Namespace : null;
        if (place is not null)
        {
            KubeName.RequireNamespace(place);
        }

        ResourceNames.Require(resource, name, place);
        return new ResourceTarget(resource, place, name);
    }
}

/// <summary>One object of the server.</summary>
internal sealed record ResourceTarget(ApiResource Resource, string? Namespace, string Name)
{
    /// <summary>Its path from the slash on.</summary>
    internal string Path => $"{Collection}/{Uri.EscapeDataString(Name)}";

    /// <summary>The path of all of its resource in its namespace.</summary>
    internal string Collection => Namespace is null ? $"/{Resource.ApiPath}/{Resource.Name}" : $"/{Resource.ApiPath}/namespaces/{Namespace}/{Resource.Name}";

    /// <summary>As prompts name it.</summary>
    internal string Title => $"{Resource.Kind} {this}";

    public override string ToString() => Namespace is null ? Name : $"{Namespace}/{Name}";
}
