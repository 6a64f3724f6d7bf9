using System.Management.Automation;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>Makes objects of what the server sends. The rows of one table stand under one header, however many pages and requests bring them.</summary>
internal sealed class ResourceRows
{
    private readonly Dictionary<(ApiResource Resource, bool Wide, bool WithNamespace), RowLayout> _layouts = [];

    /// <summary>The object that scripts get, with its row of the table.</summary>
    internal PSObject ToObject(Connection cluster, ApiResource resource, ResourceItem item, bool isWide = false, bool withNamespace = false)
    {
        var key = (resource, isWide, withNamespace && resource.Namespaced);
        if (!_layouts.TryGetValue(key, out var layout) || !layout.Fits(item.Table))
        {
            _layouts[key] = layout = new RowLayout(item.Table, isWide, key.Item3);
        }

        return ResourceObject.Of(new ResourceOrigin(cluster, resource, layout, item));
    }
}
