namespace KubeSa.Api;

/// <summary>What can be known of a token without a server. It needs a library, so it lies behind the load context.</summary>
public interface ITokenReader
{
    /// <summary>
    /// Decodes a token without verifying it; InvalidToken where it is none. Why a server would refuse it whatever its key, such as
    /// a signature that was cut short, is told to <paramref name="notify"/>.
    /// </summary>
    TokenInfo ReadToken(string token, Action<Notice>? notify = null);

    /// <summary>The same as evidence: what is wrong with the token is a part of it and no exception.</summary>
    TokenTestEvidence InspectToken(string token, string[] audiences);

    /// <summary>Verifies a token's signature by the keys that a server shows (RFC 7517). Never fails: what hinders is the problem.</summary>
    SignatureLookup VerifyByServerKeys(string token, string jwks);

    /// <summary>Looks for a token's key by its name alone, for a token that is not at hand. Never fails, as above.</summary>
    SignatureLookup FindServerKey(TokenInfo info, string jwks);
}
