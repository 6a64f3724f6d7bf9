namespace KubeSa.Sandbox;

/// <summary>What a sandbox is started with.</summary>
public sealed record SandboxOptions
{
    /// <summary>modern, legacy or retired-key.</summary>
    public string Scenario { get; init; } = "modern";

    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Where the CA, the kubeconfig and the mount are written; null makes a directory of its own that goes with the server.</summary>
    public string? Directory { get; init; }

    /// <summary>Holds the cluster as an empty one comes up, without the accounts and workloads of the scenario.</summary>
    public bool BareCluster { get; init; }

    /// <summary>Whether pods that are made through the API are run, as processes of this machine.</summary>
    public bool RunsPods { get; init; }

    /// <summary>The file to which the audit log is written; null for none.</summary>
    public string? AuditLog { get; init; }

    /// <summary>What the audit log holds: all, or what managed clusters let one see.</summary>
    public string AuditPolicy { get; init; } = "all";

    /// <summary>The clock of every timestamp, expiry and delay.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
