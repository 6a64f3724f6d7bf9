namespace KubeSa.Api;

/// <summary>Which resources a server has (https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api).</summary>
public interface IDiscoveryApi
{
    /// <summary>
    /// Finds a resource as kubectl does, over all versions that the server has, whatever the case of the letters. What the
    /// server told is kept as long as the connection, and asked for again where it does not have the name. Never fails.
    /// </summary>
    Task<ResourceLookup> FindResourceAsync(ResourceArgument argument, CallContext call);

    /// <summary>
    /// The resources that the server has, each once, in the version that the server prefers where it has it there. A group
    /// whose own server is down is left out.
    /// </summary>
    Task<IReadOnlyList<ApiResource>> ListResourcesAsync(CallContext call);

    /// <summary>
    /// The names of the objects of a resource, a page at most: what a person can be shown. Nothing but their metadata is asked
    /// for, so that no Secret is sent.
    /// </summary>
    /// <param name="resource">The resource.</param>
    /// <param name="namespace">The namespace; null for all, and for what lives in none.</param>
    /// <param name="fieldSelector">As in kubectl's --field-selector; null for all.</param>
    /// <param name="call">Whose call it is.</param>
    Task<List<string>> ListNamesAsync(ApiResource resource, string? @namespace, string? fieldSelector, CallContext call);
}
