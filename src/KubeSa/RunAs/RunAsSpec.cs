namespace KubeSa.RunAs;

/// <summary>As whom a block runs, and how.</summary>
/// <param name="Account">The account; without its uid where it may not be read.</param>
internal sealed record RunAsSpec(ServiceAccount Account)
{
    /// <summary>How long a token is to be good; it is renewed before that.</summary>
    internal required TimeSpan Duration { get; init; }

    /// <summary>Whom there are to be tokens for besides the API server.</summary>
    internal IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>Whether to impersonate the account with the caller's credentials instead of asking for a token.</summary>
    internal bool Impersonates { get; init; }
}
