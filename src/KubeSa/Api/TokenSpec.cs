namespace KubeSa.Api;

/// <summary>What token is asked for.</summary>
/// <param name="Namespace">The namespace of the account.</param>
/// <param name="ServiceAccount">The name of the account.</param>
public sealed record TokenSpec(string Namespace, string ServiceAccount)
{
    /// <summary>What the server issues at least: no token of less than ten minutes.</summary>
    public static TimeSpan Shortest { get; } = TimeSpan.FromMinutes(10);

    /// <summary>What the server takes at most: 2^32 seconds, which is about 136 years.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(1L << 32);

    /// <summary>How long it is to be good; null for the server's usual time, which is an hour.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Whom it is for; empty for the API server itself.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>What it is bound to; null for nothing but its account.</summary>
    public TokenBindingKind? BoundKind { get; init; }

    /// <summary>The name of what it is bound to.</summary>
    public string? BoundName { get; init; }
}
