namespace KubeSa.Api;

/// <summary>The server itself, and what it knows of identities.</summary>
public interface IServerApi
{
    /// <summary>
    /// The user that the server sees us as, or would see us as if we impersonated somebody (null for nobody). On servers before
    /// 1.28 it is read from what the credentials themselves say, or from the server's refusal, where that is possible.
    /// </summary>
    Task<Identity> GetIdentityAsync(Impersonation? impersonation, CallContext call);

    /// <summary>The keys by which the server verifies service-account tokens, as a JWKS (RFC 7517).</summary>
    Task<string> GetSigningKeysAsync(CallContext call);

    /// <summary>The issuer of the service-account tokens that the server gives out (OpenID Connect Discovery); ProtocolError where it does not say.</summary>
    Task<string> GetIssuerAsync(CallContext call);

    /// <summary>Asks the server what it thinks of a token (TokenReview).</summary>
    Task<TokenReview> ReviewTokenAsync(string token, IReadOnlyList<string> audiences, CallContext call);

    /// <summary>The server's version, such as v1.36.2; null where it does not say.</summary>
    Task<string?> GetVersionAsync(CallContext call);
}
