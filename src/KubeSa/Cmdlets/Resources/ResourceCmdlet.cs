using System.Management.Automation;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that creates or changes objects of any resource.</summary>
public abstract class ResourceCmdlet : NamespaceCmdlet
{
    private readonly ResourceRows _rows = new();

    private protected ResourceCmdlet()
    {
    }

    /// <summary>The resource that a name stands for; NotFound where the server has none such.</summary>
    private protected ApiResource Find(Connection cluster, ResourceArgument argument) =>
        FoundResource.Of(argument, Await(call => cluster.Api.FindResourceAsync(argument, call)));

    /// <inheritdoc cref="ResourceRows.ToObject"/>
    private protected PSObject ToObject(Connection cluster, ApiResource resource, ResourceItem item) => _rows.ToObject(cluster, resource, item);
}
