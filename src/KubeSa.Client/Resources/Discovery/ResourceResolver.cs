using KubeSa.Api;

namespace KubeSa.Client.Resources.Discovery;

/// <summary>
/// Finds resources by the names that people use for them. What the server told is kept as long as the resolver, which is as
/// long as the connection, and asked for again where it does not have a name: the resource may be new.
/// </summary>
/// <param name="read">Asks the server for all it has.</param>
internal sealed class ResourceResolver(Func<CallContext, Task<ResourceCatalog>> read)
{
    private volatile ResourceCatalog? _known;

    internal async Task<ResourceLookup> FindAsync(ResourceArgument argument, CallContext call)
    {
        if (_known?.Find(argument) is { } known)
        {
            return new ResourceLookup(known, null);
        }

        try
        {
            var fresh = await ReadAsync(call).ConfigureAwait(false);
            return new ResourceLookup(fresh.Find(argument), fresh.Problem);
        }
        catch (KubeApiException failure)
        {
            return new ResourceLookup(null, failure.Message) { Failure = failure };
        }
    }

    internal async Task<IReadOnlyList<ApiResource>> ListAsync(CallContext call) => (_known ?? await ReadAsync(call).ConfigureAwait(false)).All;

    private async Task<ResourceCatalog> ReadAsync(CallContext call)
    {
        var catalog = await read(call).ConfigureAwait(false);
        _known = catalog;
        return catalog;
    }
}
