namespace KubeSa.Api;

/// <summary>Secrets on the server that hold service-account tokens.</summary>
public interface ISecretApi
{
    /// <summary>Reads one Secret; SecretNotFound where it is not there, whatever its type.</summary>
    Task<SecretDocument> GetSecretAsync(string @namespace, string name, CallContext call);

    /// <summary>Lists the Secrets of type <c>kubernetes.io/service-account-token</c>, page by page.</summary>
    IAsyncEnumerable<Page<SecretDocument>> ListTokenSecretsAsync(ListQuery query, CallContext call);

    /// <summary>
    /// Makes a Secret for a token of an account; the server's controller fills it later, or deletes it where there is no
    /// such account, or not this very one. SecretAlreadyExists or NamespaceNotFound where that is so.
    /// </summary>
    Task<SecretDocument> CreateTokenSecretAsync(string name, ServiceAccount account, CallContext call);

    /// <summary>
    /// Makes a Secret that holds nothing, for requested tokens of the account to be bound to; it goes with the account.
    /// SecretAlreadyExists or NamespaceNotFound where that is so.
    /// </summary>
    /// <param name="name">The name of the Secret.</param>
    /// <param name="account">The account; without its uid the Secret does not go with it.</param>
    /// <param name="annotations">What the Secret is to tell of itself besides its account.</param>
    /// <param name="call">When to stop, and whom to tell.</param>
    Task<SecretDocument> CreateBindingSecretAsync(string name, ServiceAccount account, IReadOnlyDictionary<string, string> annotations, CallContext call);

    /// <summary>
    /// Sets the label by which servers from 1.29 on refuse the token of the very Secret that was read, or takes it away (null), and
    /// gives the Secret as it is then: SecretNotFound where it is gone, Conflict where another one bears its name by now.
    /// </summary>
    Task<SecretDocument> MarkTokenSecretAsync(SecretDocument secret, string? invalidSince, CallContext call);

    /// <summary>
    /// Removes the very Secret that was read: SecretNotFound where it is gone, Conflict where another one bears its name
    /// by now.
    /// </summary>
    Task<bool> DeleteSecretAsync(SecretDocument secret, CallContext call);
}
