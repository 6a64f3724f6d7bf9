namespace KubeSa.Api;

/// <summary>What became of looking a resource up.</summary>
/// <param name="Resource">The resource; null where the server has none of that name, or could not be asked.</param>
/// <param name="Problem">Why the server could not be asked, or not about all its groups; null where it told all it has.</param>
public sealed record ResourceLookup(ApiResource? Resource, string? Problem)
{
    /// <summary>The failure of the request itself; null where the server was asked.</summary>
    public KubeApiException? Failure { get; init; }

    /// <summary>Whether the server has it; null where that is not known.</summary>
    public bool? Exists => Resource is not null ? true : Problem is null ? false : null;
}
