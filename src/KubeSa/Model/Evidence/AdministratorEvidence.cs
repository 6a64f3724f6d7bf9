namespace KubeSa;

/// <summary>What a server told an administrator of the token, or of the right that is missing.</summary>
public sealed record AdministratorEvidence
{
    /// <summary>The URL by which the administrator asked.</summary>
    public required string Server { get; init; }

    /// <summary>How the signature stands to the server's keys (its JWKS); null where they could not be had.</summary>
    public SignatureEvidence? Signature { get; init; }

    /// <summary>Why the keys could not be had.</summary>
    public string? SignatureProblem { get; init; }

    /// <summary>What the server thinks of the token (TokenReview); null where it could not be asked.</summary>
    public ReviewEvidence? Review { get; init; }

    /// <summary>Why it could not be asked.</summary>
    public string? ReviewProblem { get; init; }

    /// <summary>The issuer of the tokens that the server gives out now; null where it could not be had.</summary>
    public string? Issuer { get; init; }

    /// <summary>The version of the server, such as v1.36.2; null where it was not asked or does not say.</summary>
    public string? ServerVersion { get; init; }

    /// <summary>The account that the token is of; null where it is of none.</summary>
    public ObjectEvidence? ServiceAccount { get; init; }

    /// <summary>The Secret that the token is stored in or bound to; null where there is none.</summary>
    public ObjectEvidence? Secret { get; init; }

    /// <summary>The pod that the token is bound to; null where there is none.</summary>
    public ObjectEvidence? Pod { get; init; }

    /// <summary>The node that the token is bound to, without a pod in between; null where there is none.</summary>
    public ObjectEvidence? Node { get; init; }

    /// <summary>The roles that would allow what was forbidden; null where they were not looked for.</summary>
    public IReadOnlyList<RoleEvidence>? Roles { get; init; }

    /// <summary>Why the roles could not be looked at.</summary>
    public string? RolesProblem { get; init; }

    /// <summary>The time it took.</summary>
    public TimeSpan Elapsed { get; init; }
}
