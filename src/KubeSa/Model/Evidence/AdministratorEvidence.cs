namespace KubeSa;

/// <summary>What a server told an administrator of the token.</summary>
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

    /// <summary>The time it took.</summary>
    public TimeSpan Elapsed { get; init; }
}
