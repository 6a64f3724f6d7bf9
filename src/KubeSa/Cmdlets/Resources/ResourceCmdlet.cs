using System.Management.Automation;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet for objects of any resource: finds the resource by discovery and makes objects of what the server sends.</summary>
public abstract class ResourceCmdlet : KubeApiCmdlet
{
    // The rows of one table stand under one header, however many pages and requests bring them.
    private readonly Dictionary<(ApiResource Resource, bool Wide, bool WithNamespace), RowLayout> _layouts = [];

    private protected ResourceCmdlet()
    {
    }

    /// <summary>The resource that a name stands for; NotFound where the server has none such.</summary>
    private protected ApiResource Find(Connection cluster, ResourceArgument argument)
    {
        var lookup = Await(call => cluster.Api.FindResourceAsync(argument, call));
        return lookup switch
        {
            { Resource: { } resource } => resource,
            { Failure: { } failure } => throw failure,
            { Problem: { } problem } => throw new KubeApiException(
                FailureKind.ServerError, $"Whether the server has a resource '{argument.FullName}' could not be looked up completely. {problem}", argument.FullName),
            _ => throw new KubeApiException(
                FailureKind.NotFound,
                $"The server does not have a resource type '{argument.FullName}'. Its CustomResourceDefinition may not be installed, or the name may be misspelt.",
                argument.FullName),
        };
    }

    /// <summary>The object that scripts get, with its row of the table.</summary>
    private protected PSObject ToObject(Connection cluster, ApiResource resource, ResourceItem item, bool isWide = false, bool withNamespace = false)
    {
        var key = (resource, isWide, withNamespace && resource.Namespaced);
        if (!_layouts.TryGetValue(key, out var layout) || !layout.Fits(item.Table))
        {
            _layouts[key] = layout = new RowLayout(item.Table, isWide, key.Item3);
        }

        return ResourceObject.Of(new ResourceOrigin(cluster, resource, layout, item));
    }
}
