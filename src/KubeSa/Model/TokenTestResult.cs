using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>Whether a token is good, and if not, why.</summary>
public sealed class TokenTestResult : KubeObject
{
    /// <summary>
    /// Whether the server said that it accepts the token; offline whether keys, times and audience prove it. False also where that
    /// is not known, and then <see cref="Cause"/> is Unknown.
    /// </summary>
    public bool Valid => Cause == AccessCause.None;

    /// <summary>Why the token is not good.</summary>
    public required AccessCause Cause { get; init; }

    /// <summary>The outcome in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Whom the server takes the bearer for, or would by the token's own claims.</summary>
    public string? UserName { get; init => field = SafeName.Of(value); }

    /// <summary>The groups the server puts the bearer in, by the token's own claims.</summary>
    public string[] Groups { get; init => field = SafeName.All(value); } = [];

    /// <summary>What was looked at.</summary>
    public TokenTestCheck[] Checks { get; init; } = [];

    /// <summary>What the token says of itself; null where it is none.</summary>
    public TokenInfo? Info { get; init; }

    private protected override IEnumerable<KubeObject?> Parts => [Info];

    /// <summary>The outcome in one sentence.</summary>
    public override string ToString() => Summary;
}
