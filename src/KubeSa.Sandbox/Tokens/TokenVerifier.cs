using KubeSa.Sandbox.Auth;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Tokens;

/// <summary>Decides whose token it is, for the authenticator and for TokenReview alike.</summary>
internal sealed class TokenVerifier
{
    private const string Unknown = "invalid bearer token";

    private readonly KeyRing _keys;
    private readonly ServerVersion _serverVersion;
    private readonly TokenCache _cache;
    private readonly BoundTokenValidator _bound;
    private readonly LegacyTokenValidator _legacy;

    public TokenVerifier(KeyRing keys, ResourceStore store, ResourceTypes types, ServerVersion serverVersion, TimeProvider time)
    {
        _keys = keys;
        _serverVersion = serverVersion;
        _cache = new TokenCache(time);
        _bound = new BoundTokenValidator(store, types, serverVersion, time);
        _legacy = new LegacyTokenValidator(store, types, serverVersion, time);
        keys.Replaced += _cache.Clear;
    }

    /// <summary>Users of the static token file, by token.</summary>
    public IDictionary<string, UserInfo> StaticUsers { get; } = new Dictionary<string, UserInfo>();

    /// <summary>Verifies for one of the audiences; none means the API server itself.</summary>
    public TokenVerdict Verify(string token, IReadOnlyList<string> audiences)
    {
        var wanted = audiences.Count == 0 ? [TokenIssuer.Issuer] : audiences;
        if (_cache.Find(token, wanted) is { } known)
        {
            return known;
        }

        try
        {
            var verdict = VerifyAnew(token, wanted);
            _cache.Add(token, wanted, verdict);
            return verdict;
        }
        catch (TokenRejectedException rejected)
        {
            return TokenVerdict.Rejected($"[{Unknown}, {rejected.Message}]");
        }
    }

    private TokenVerdict VerifyAnew(string token, IReadOnlyList<string> wanted)
    {
        if (StaticUsers.TryGetValue(token, out var user) && wanted.Contains(TokenIssuer.Issuer))
        {
            return new TokenVerdict(user, [TokenIssuer.Issuer], "", []);
        }

        if (JsonWebSignature.TryParse(token) is not { } jwt || jwt.Issuer is not (TokenIssuer.Issuer or TokenIssuer.LegacyIssuer))
        {
            return TokenVerdict.Rejected(Unknown);
        }

        CheckSignature(jwt);
        var granted = CheckAudience(jwt, wanted);
        var warnings = new List<string>();
        var annotations = new List<KeyValuePair<string, string>>();
        var account = jwt.Issuer == TokenIssuer.Issuer
            ? _bound.Validate(jwt.Claims, annotations)
            : _legacy.Validate(token, jwt.Claims, warnings, annotations);
        return new TokenVerdict(account, granted, "", warnings) { Annotations = annotations };
    }

    private void CheckSignature(JsonWebSignature jwt)
    {
        // 1.20 tries every key whatever the token names; today's servers look for that key alone.
        var candidates = _serverVersion.IsLegacy || string.IsNullOrEmpty(jwt.KeyId)
            ? _keys.Accepted
            : [.. _keys.Accepted.Where(key => key.Id == jwt.KeyId)];
        if (candidates.Count == 0)
        {
            throw new TokenRejectedException("invalid signature, no keys found");
        }

        if (!candidates.Any(jwt.VerifiesWith))
        {
            throw new TokenRejectedException(TokenMessages.Of(_serverVersion).BadSignature);
        }
    }

    private static string[] CheckAudience(JsonWebSignature jwt, IReadOnlyList<string> wanted)
    {
        var claimed = jwt.Audiences is { Count: > 0 } named ? named : [TokenIssuer.Issuer];
        var granted = claimed.Intersect(wanted).ToArray();
        return granted.Length > 0
            ? granted
            : throw new TokenRejectedException($"token audiences {GoFormat.Quote(claimed)} is invalid for the target audiences {GoFormat.Quote(wanted)}");
    }
}

/// <summary>A user and the audiences the token was good for, or why there is none.</summary>
internal sealed record TokenVerdict(
    UserInfo? User, IReadOnlyList<string> Audiences, string Error, IReadOnlyList<string> Warnings)
{
    /// <summary>What the audit log is told of the token.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Annotations { get; init; } = [];

    public static TokenVerdict Rejected(string error) => new(null, [], error, []);
}
