namespace KubeSa;

/// <summary>A running sandbox: an in-memory stand-in for an API server, for trying and for tests.</summary>
public sealed class Sandbox
{
    /// <summary>The URL it listens on; always loopback.</summary>
    public required string Url { get; init; }

    /// <summary>The file with the certificate authority of its server certificate.</summary>
    public required string CertificateAuthority { get; init; }

    /// <summary>The kubeconfig file with an admin context and one for each user of the scenario.</summary>
    public required string KubeConfig { get; init; }

    /// <summary>The folder laid out like a pod's mount.</summary>
    public required string MountPath { get; init; }

    /// <summary>The id of its process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The scenario it was started with.</summary>
    public required string Scenario { get; init; }

    /// <summary>The file of its audit log; null where it writes none.</summary>
    public string? AuditLog { get; init; }

    /// <summary>The URL.</summary>
    public override string ToString() => Url;
}
