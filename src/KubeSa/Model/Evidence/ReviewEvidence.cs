namespace KubeSa;

/// <summary>What a server thinks of a token (TokenReview).</summary>
public sealed record ReviewEvidence
{
    /// <summary>Whether it accepts it.</summary>
    public bool Authenticated { get; init; }

    /// <summary>Why not, in the server's words.</summary>
    public string? Error { get; init; }

    /// <summary>Whom it takes the bearer for.</summary>
    public string? UserName { get; init; }

    /// <summary>For which of the audiences that were asked for the token is good; empty where the server does not say.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];
}
