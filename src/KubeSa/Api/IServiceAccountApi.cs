namespace KubeSa.Api;

/// <summary>Service accounts on the server.</summary>
public interface IServiceAccountApi
{
    /// <summary>Reads one account; ServiceAccountNotFound where it is not there.</summary>
    Task<ServiceAccount> GetServiceAccountAsync(string @namespace, string name, CallContext call);

    /// <summary>Lists accounts page by page, fetching the next page while one is read. A missing namespace is an empty list.</summary>
    IAsyncEnumerable<Page<ServiceAccount>> ListServiceAccountsAsync(ListQuery query, CallContext call);

    /// <summary>Lists what components of the cluster have to tell of an account.</summary>
    IAsyncEnumerable<Page<ServiceAccountEvent>> ListServiceAccountEventsAsync(ServiceAccount account, CallContext call);

    /// <summary>Makes an account; ServiceAccountAlreadyExists or NamespaceNotFound where that is so.</summary>
    Task<ServiceAccount> CreateServiceAccountAsync(ServiceAccountSpec spec, CallContext call);

    /// <summary>
    /// Changes an account by one patch: ServiceAccountNotFound where it is not there, Conflict where another one bears its
    /// name by now.
    /// </summary>
    Task<ServiceAccount> ChangeServiceAccountAsync(ServiceAccountChange change, CallContext call);

    /// <summary>
    /// Removes the very account that was read: ServiceAccountNotFound where it is gone, Conflict where another one bears
    /// its name by now.
    /// </summary>
    Task<bool> DeleteServiceAccountAsync(ServiceAccount account, CallContext call);
}
