namespace KubeSa.Analysis.Snapshot;

/// <summary>A pod, or an object with a pod template: who it runs as, what it can read, and what its containers may do.</summary>
internal sealed record SnapshotWorkload(string Kind, string Namespace, string Name)
{
    /// <summary>The kind of a pod itself.</summary>
    internal const string Pod = "Pod";

    /// <summary>The API group of the kind; empty for pods and ReplicationControllers.</summary>
    public string Group { get; init; } = string.Empty;

    public string ServiceAccount { get; init; } = ServiceAccountNames.Default;

    /// <summary>Whether the spec asks for the token by itself; null where it leaves that to the account.</summary>
    public bool? Automount { get; init; }

    /// <summary>The node of a pod; null where it has none yet, and for templates.</summary>
    public string? Node { get; init; }

    /// <summary>Its controller, as <c>Kind/name</c>.</summary>
    public string? Owner { get; init; }

    /// <summary>How many pods are wanted; null for kinds without that notion.</summary>
    public int? Replicas { get; init; }

    /// <summary>When a CronJob runs, in cron's form; null for others.</summary>
    public string? Schedule { get; init; }

    /// <summary>Whether it is over: a Job that has ended.</summary>
    public bool IsOver { get; init; }

    public DateTime? Created { get; init; }

    /// <summary>The labels by which controllers are known (app.kubernetes.io/..., app, k8s-app, helm.sh/chart).</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = NoEntries.Texts;

    /// <summary>The images of its containers, without digests.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>The tokens of projected volumes, without the one that the server adds by itself.</summary>
    public IReadOnlyList<SnapshotToken> Tokens { get; init; } = [];

    /// <summary>Whether the server's own token volume is in the pod: then it has a token whatever automount says now.</summary>
    public bool HasOwnToken { get; init; }

    /// <summary>The Secrets that its containers read, by volumes and by variables.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>The ConfigMaps that its containers read.</summary>
    public IReadOnlyList<string> ConfigMaps { get; init; } = [];

    public SnapshotPodSecurity Security { get; init; } = SnapshotPodSecurity.Usual;

    /// <summary>Whether it is a pod and no template.</summary>
    internal bool IsPod => Kind == Pod;

    public override string ToString() => $"{Kind} {Namespace}/{Name}";
}

/// <summary>A token of a projected volume.</summary>
/// <param name="Volume">The volume.</param>
/// <param name="Audience">Whom it is for; null for the API server.</param>
/// <param name="ExpirationSeconds">How long each is good.</param>
internal sealed record SnapshotToken(string Volume, string? Audience, long ExpirationSeconds);

/// <summary>What of a pod's settings decides whether it can get out of its containers.</summary>
internal sealed record SnapshotPodSecurity
{
    /// <summary>A pod that asks for nothing; most are such.</summary>
    internal static readonly SnapshotPodSecurity Usual = new();

    /// <summary>Whether a container is privileged.</summary>
    public bool Privileged { get; init; }

    public bool HostPid { get; init; }

    public bool HostNetwork { get; init; }

    public bool HostIpc { get; init; }

    /// <summary>The folders of the node that its containers can read.</summary>
    public IReadOnlyList<string> HostPaths { get; init; } = [];

    /// <summary>The capabilities that are added.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Whether every container must run as another user than root; false where it is not demanded.</summary>
    public bool RunsAsNonRoot { get; init; }

    /// <summary>Whether its containers share processes, and so each can read the others' files.</summary>
    public bool ShareProcesses { get; init; }

    /// <summary>Whether code in the pod reaches the node itself.</summary>
    internal bool ReachesNode =>
        Privileged || HostPid || Capabilities.Any(name => name is "ALL" or "SYS_ADMIN" or "SYS_PTRACE" or "SYS_MODULE") || HostPaths.Any(IsTelling);

    // Logs and /dev/null tell nothing; the root, the kubelet's folder, the sockets of runtimes and manifests do.
    private static bool IsTelling(string path) =>
        path.TrimEnd('/') is "" or "/etc" or "/var" or "/var/lib" or "/var/run" or "/run" or "/root" or "/home" or "/proc" or "/dev" or "/boot" or "/usr" or "/usr/bin" or "/opt"
        || Telling.Any(folder => path.StartsWith(folder, StringComparison.Ordinal));

    private static readonly string[] Telling =
    [
        "/var/lib/kubelet", "/etc/kubernetes", "/var/lib/etcd", "/var/lib/docker", "/var/lib/containerd", "/var/run/docker.sock", "/run/containerd",
        "/var/run/containerd", "/run/docker.sock", "/var/run/crio", "/run/crio", "/var/run/cri-dockerd", "/proc/", "/root/", "/etc/cron", "/etc/systemd", "/var/lib/rancher",
        "/var/lib/k0s",
    ];
}
