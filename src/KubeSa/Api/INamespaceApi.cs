namespace KubeSa.Api;

/// <summary>The namespaces of a cluster.</summary>
public interface INamespaceApi
{
    /// <summary>Reads one namespace; NamespaceNotFound where there is none.</summary>
    Task<Namespace> GetNamespaceAsync(string name, CallContext call);

    /// <summary>Lists the namespaces, page by page; of the query its selectors count.</summary>
    IAsyncEnumerable<Page<Namespace>> ListNamespacesAsync(ListQuery query, CallContext call);

    /// <summary>Whether a namespace is there; null where we may not know.</summary>
    Task<bool?> NamespaceExistsAsync(string @namespace, CallContext call);

    /// <summary>The names of all namespaces, for wildcards.</summary>
    IAsyncEnumerable<Page<string>> ListNamespaceNamesAsync(CallContext call);
}
