namespace KubeSa;

/// <summary>The two kinds of service-account tokens.</summary>
public enum TokenKind : long
{
    /// <summary>A JWT of another issuer or of unknown shape.</summary>
    Unknown,

    /// <summary>A token from a Secret: never expires, revoked by deleting the Secret.</summary>
    Legacy,

    /// <summary>A token from the TokenRequest API: expires, has an audience, may be bound to a pod, Secret or node.</summary>
    Bound,
}
