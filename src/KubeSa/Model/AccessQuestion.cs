namespace KubeSa;

/// <summary>What is to be tried with a service account.</summary>
public sealed record AccessQuestion
{
    /// <summary>The folder of the mount; null for the usual one.</summary>
    public string? MountPath { get; init; }

    /// <summary>The verb: list, get, watch ...</summary>
    public string Verb { get; init; } = "list";

    /// <summary>The resource, with group and subresource where there are such: <c>pods</c>, <c>deployments.apps</c>, <c>pods/log</c>.</summary>
    public string Resource { get; init; } = "pods";

    /// <summary>The namespace; null for all.</summary>
    public string? Namespace { get; init; }

    /// <summary>
    /// The URL of the API server; null to take it from KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT, or from a file
    /// <c>kubernetes.env</c> in the mount.
    /// </summary>
    public string? ApiServer { get; init; }

    /// <summary>How long the check may take, from the first step to the last.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}
