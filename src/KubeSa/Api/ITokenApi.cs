namespace KubeSa.Api;

/// <summary>Tokens that the server issues on request (TokenRequest).</summary>
public interface ITokenApi
{
    /// <summary>
    /// Issues a token: ServiceAccountNotFound, or NotFound and SecretNotFound for what it is to be bound to. Tells where
    /// the server granted another lifetime than was asked for.
    /// </summary>
    Task<ServiceAccountToken> CreateTokenAsync(TokenSpec spec, CallContext call);

    /// <summary>The unique id of what a token may be bound to; NotFound, or SecretNotFound, where it is not there.</summary>
    Task<string> GetBoundObjectUidAsync(TokenBindingKind kind, string @namespace, string name, CallContext call);
}
