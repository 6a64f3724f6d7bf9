namespace KubeSa;

/// <summary>What the environment says about the API server.</summary>
public sealed record EnvironmentEvidence
{
    /// <summary>Where the two values came from.</summary>
    public EndpointSource Source { get; init; }

    /// <summary>KUBERNETES_SERVICE_HOST as it was found; null where it is not set.</summary>
    public string? ServiceHost { get; init; }

    /// <summary>KUBERNETES_SERVICE_PORT as it was found; null where it is not set.</summary>
    public string? ServicePort { get; init; }

    /// <summary>The URL that was tried; null where the values make none.</summary>
    public string? ApiServer { get; init; }

    /// <summary>HOSTNAME, which in a pod is the pod's name; null outside a pod.</summary>
    public string? HostName { get; init; }

    /// <summary>The proxy that other programs here would go through; null where the environment names none.</summary>
    public ProxyEvidence? Proxy { get; init; }

    /// <summary>The time it took.</summary>
    public TimeSpan Elapsed { get; init; }
}
