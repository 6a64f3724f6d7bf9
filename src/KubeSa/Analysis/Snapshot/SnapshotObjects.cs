namespace KubeSa.Analysis.Snapshot;

/// <summary>A namespace with its labels, among them those of Pod Security.</summary>
internal sealed record SnapshotNamespace(string Name)
{
    private const string Enforce = "pod-security.kubernetes.io/enforce";

    public IReadOnlyDictionary<string, string> Labels { get; init; } = NoEntries.Texts;

    /// <summary>The level that Pod Security holds pods to: privileged, baseline, restricted; null where no label sets one.</summary>
    internal string? PodSecurity => Labels.GetValueOrDefault(Enforce);
}

/// <summary>A node.</summary>
internal sealed record SnapshotNode(string Name)
{
    /// <summary>Whether its labels say that the control plane runs there.</summary>
    public bool IsControlPlane { get; init; }
}

/// <summary>A service account.</summary>
internal sealed record SnapshotAccount(string Namespace, string Name)
{
    public string? Uid { get; init; }

    public DateTime? Created { get; init; }

    /// <summary>Whether its pods get a token; null where it does not say, which means yes.</summary>
    public bool? Automount { get; init; }

    /// <summary>The Secrets it lists, among them those that older servers made by themselves.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    public IReadOnlyList<string> ImagePullSecrets { get; init; } = [];

    public IReadOnlyDictionary<string, string> Labels { get; init; } = NoEntries.Texts;

    /// <summary>Those annotations that matter: cloud identities, mountable Secrets, who installed it.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = NoEntries.Texts;

    internal string UserName => ServiceAccountNames.UserName(Namespace, Name);

    public override string ToString() => $"{Namespace}/{Name}";
}

/// <summary>A Secret without its data.</summary>
internal sealed record SnapshotSecret(string Namespace, string Name)
{
    internal const string TokenType = "kubernetes.io/service-account-token";

    /// <summary>Its type; null where it could not be told without reading its data.</summary>
    public string? Type { get; init; }

    public DateTime? Created { get; init; }

    /// <summary>The labels that matter: last use of a token, whose kubeconfig it is.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = NoEntries.Texts;

    /// <summary>The annotations that matter: the account of a token.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = NoEntries.Texts;

    internal bool IsToken => Type == TokenType;

    /// <summary>The account whose token it holds; null for other types.</summary>
    internal string? Account => IsToken ? Annotations.GetValueOrDefault("kubernetes.io/service-account.name") : null;

    internal string? AccountUid => Annotations.GetValueOrDefault("kubernetes.io/service-account.uid");

    /// <summary>The day its token was used last, as the server notes it.</summary>
    internal string? LastUsed => Labels.GetValueOrDefault("kubernetes.io/legacy-token-last-used");

    /// <summary>Since when the server refuses its token; null where it accepts it.</summary>
    internal string? InvalidSince => Labels.GetValueOrDefault("kubernetes.io/legacy-token-invalid-since");

    public override string ToString() => $"{Namespace}/{Name}";
}

/// <summary>An object of which its being there is all that matters.</summary>
/// <param name="Namespace">Its namespace; null for none.</param>
/// <param name="Name">Its name.</param>
internal sealed record SnapshotName(string? Namespace, string Name);

/// <summary>A webhook configuration or an admission policy.</summary>
/// <param name="Kind">MutatingWebhookConfiguration, ValidatingWebhookConfiguration, MutatingAdmissionPolicy or ValidatingAdmissionPolicy.</param>
/// <param name="Name">Its name.</param>
internal sealed record SnapshotAdmission(string Kind, string Name)
{
    /// <summary>The <c>group/resource</c> it is asked about, * for all; of all its webhooks.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>The services it calls, as <c>namespace/name</c>, and hosts of URLs.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether it sees pods that are created.</summary>
    internal bool SeesPods => Resources.Any(resource => resource is "/pods" or "*/*" or "/*" or "*/pods");
}

/// <summary>A CSI driver, and the audiences of the tokens that it gets of the pods that use it.</summary>
internal sealed record SnapshotCsiDriver(string Name)
{
    public IReadOnlyList<string> TokenAudiences { get; init; } = [];
}

/// <summary>An API group version that another server answers for.</summary>
/// <param name="Name">Such as v1beta1.metrics.k8s.io.</param>
/// <param name="Service">As <c>namespace/name</c>; null where the API server answers itself.</param>
internal sealed record SnapshotApiService(string Name, string? Service);

/// <summary>A resource that the server has.</summary>
internal sealed record SnapshotResource(string Group, string Plural, string Kind, bool Namespaced)
{
    // The groups of Kubernetes itself; all others were installed.
    private static readonly HashSet<string> BuiltIn =
    [
        "", "admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io", "apps", "authentication.k8s.io", "authorization.k8s.io", "autoscaling", "batch",
        "certificates.k8s.io", "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io", "extensions", "flowcontrol.apiserver.k8s.io", "internal.apiserver.k8s.io",
        "networking.k8s.io", "node.k8s.io", "policy", "rbac.authorization.k8s.io", "resource.k8s.io", "scheduling.k8s.io", "storage.k8s.io", "storagemigration.k8s.io",
    ];

    internal string FullName => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>Whether it was installed, by a CustomResourceDefinition or an API server of its own.</summary>
    internal bool IsCustom => !BuiltIn.Contains(Group);
}

/// <summary>Nothing, once for all.</summary>
internal static class NoEntries
{
    internal static readonly IReadOnlyDictionary<string, string> Texts = new Dictionary<string, string>();
}
