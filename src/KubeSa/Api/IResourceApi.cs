namespace KubeSa.Api;

/// <summary>Objects of any resource, custom ones too, as the server has them.</summary>
public interface IResourceApi
{
    /// <summary>Reads one object; NotFound, or the id that the kind has of its own, where it is not there.</summary>
    Task<ResourceItem> GetObjectAsync(ApiResource resource, string? @namespace, string name, CallContext call);

    /// <summary>Lists objects page by page, fetching the next page while one is read. A missing namespace is an empty list.</summary>
    IAsyncEnumerable<Page<ResourceItem>> ListObjectsAsync(ResourceQuery query, CallContext call);

    /// <summary>
    /// Lists the objects and then tells each change, without gaps or repeats, across ends of the connection, expired versions and
    /// restarts of the server. Ends when the limit is over: with the failure where the server cannot be reached at that time.
    /// </summary>
    IAsyncEnumerable<ResourceChanges> WatchObjectsAsync(ResourceWatch watch, CallContext call);

    /// <summary>Sends a request to any path of the server. InvalidRequest where the path leads out of the API.</summary>
    Task<RestAnswer> SendAsync(RestRequest request, CallContext call);
}
