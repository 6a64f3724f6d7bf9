namespace KubeSa.Api;

/// <summary>What the server thinks of a token; never the token.</summary>
/// <param name="Authenticated">Whether it accepts it. The server leaves the field out for no.</param>
/// <param name="Error">Why not, where it says so.</param>
/// <param name="UserName">Whom it takes the bearer for.</param>
/// <param name="Audiences">For which of the audiences asked for the token is good.</param>
public sealed record TokenReview(bool Authenticated, string? Error, string? UserName, IReadOnlyList<string> Audiences);
