using System.Globalization;
using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>A token that the server issued on request.</summary>
public sealed class ServiceAccountToken : KubeObject
{
    /// <summary>The namespace of the account.</summary>
    public required string Namespace { get; init => field = SafeName.Of(value); }

    /// <summary>The name of the account.</summary>
    public required string ServiceAccount { get; init => field = SafeName.Of(value); }

    /// <summary>The token, as a SecureString.</summary>
    public required System.Security.SecureString Token { get; init; }

    /// <summary>Until when the token is good, in local time.</summary>
    public required DateTime ExpiresAt { get; init; }

    /// <summary>Whom the token is for.</summary>
    public string[] Audiences { get; init => field = SafeName.All(value); } = [];

    /// <summary>What the token is bound to; null for nothing but its account.</summary>
    public TokenBindingKind? BoundKind { get; init; }

    /// <summary>The name of what it is bound to.</summary>
    public string? BoundName { get; init => field = SafeName.Of(value); }

    /// <summary>What the token says of itself; null where it is not a JWT.</summary>
    public TokenInfo? Info { get; init; }

    private protected override IEnumerable<KubeObject?> Parts => [Info];

    /// <summary>The account and the end of the token; never the token.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Namespace}/{ServiceAccount} until {UtcTime.Of(ExpiresAt)}");
}
