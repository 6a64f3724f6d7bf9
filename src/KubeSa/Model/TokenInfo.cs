using System.Globalization;
using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>
/// What a service-account token says of itself (RFC 7519 claims and Kubernetes' private ones), decoded without
/// verifying the signature. Holds no part of the token that could be used to authenticate.
/// </summary>
public sealed class TokenInfo : KubeObject
{
    /// <summary>Whether the token comes from a Secret or from the TokenRequest API.</summary>
    public TokenKind Kind { get; init; }

    /// <summary>The namespace of the account.</summary>
    public string? Namespace { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>The name of the account.</summary>
    public string? ServiceAccount { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>The unique id that the account had when the token was issued.</summary>
    public string? ServiceAccountUid { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>The user the API server would take the bearer for: the <c>sub</c> claim.</summary>
    public string? UserName { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>The groups the API server would put the bearer in; empty where the subject is no service account.</summary>
    public string[] Groups { get; init => field = ControlCharacters.AllOnOneLine(value); } = [];

    /// <summary>Who issued the token: the <c>iss</c> claim.</summary>
    public string? Issuer { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>Whom the token is for: the <c>aud</c> claim; empty in legacy tokens.</summary>
    public string[] Audiences { get; init => field = ControlCharacters.AllOnOneLine(value); } = [];

    /// <summary>When the token was issued (<c>iat</c>), in local time; null in legacy tokens.</summary>
    public DateTime? IssuedAt { get; init; }

    /// <summary>From when on the token is good (<c>nbf</c>), in local time.</summary>
    public DateTime? NotBefore { get; init; }

    /// <summary>Until when the token is good (<c>exp</c>), in local time; null where it never expires.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>Whether <see cref="ExpiresAt"/> has passed by this machine's clock.</summary>
    public bool IsExpired => ExpiresAt is { } end && end.ToUniversalTime() <= DateTime.UtcNow;

    /// <summary>The pod the token is bound to.</summary>
    public string? PodName { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>The unique id of the pod the token is bound to.</summary>
    public string? PodUid { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>The Secret the token is bound to or, for a legacy token, stored in.</summary>
    public string? SecretName { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>The unique id of the Secret the token is bound to.</summary>
    public string? SecretUid { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>The node the token, or the pod it is bound to, is on.</summary>
    public string? NodeName { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>The unique id of that node.</summary>
    public string? NodeUid { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>From when on the server counts uses of the token as stale, in local time; in extended mounted tokens alone.</summary>
    public DateTime? WarnAfter { get; init; }

    /// <summary>The id of the token (<c>jti</c>), which appears in the server's audit log.</summary>
    public string? JwtId { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>The algorithm of the signature (<c>alg</c> of the header).</summary>
    public string? Algorithm { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>The id of the key that signed the token (<c>kid</c> of the header).</summary>
    public string? KeyId { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>What token it is, whose and until when.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Kind} token of {UserName ?? "nobody"}, {(ExpiresAt is { } end ? $"until {UtcTime.Of(end)}" : "never expires")}");
}
