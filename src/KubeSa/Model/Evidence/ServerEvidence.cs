namespace KubeSa;

/// <summary>What answers to a request for its version, made without credentials.</summary>
public sealed record ServerEvidence
{
    /// <summary>The exchange.</summary>
    public required HttpEvidence Answer { get; init; }

    /// <summary>The version it gives, such as v1.36.2.</summary>
    public string? GitVersion { get; init; }

    /// <summary>What it answers to the question whether it is ready; null where the request itself showed that it is.</summary>
    public HttpEvidence? Readiness { get; init; }

    /// <summary>The checks of its own that fail, such as etcd.</summary>
    public IReadOnlyList<string> NotReady { get; init; } = [];
}
