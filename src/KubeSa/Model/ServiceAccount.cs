using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>A Kubernetes service account.</summary>
public sealed class ServiceAccount : KubeObject
{
    private static readonly IReadOnlyDictionary<string, string> NoEntries = new Dictionary<string, string>();

    /// <summary>The namespace the account lives in.</summary>
    public required string Namespace { get; init => field = SafeName.Of(value); }

    /// <summary>The name of the account.</summary>
    public required string Name { get; init => field = SafeName.Of(value); }

    /// <summary>The number of Secrets the account lists; 0 on servers from 1.24 on, which no longer make token Secrets.</summary>
    public int SecretCount => MountableSecrets.Length;

    /// <summary>The same, by the name of the column.</summary>
    public int Secrets => SecretCount;

    /// <summary>The names of the Secrets that pods of this account may mount.</summary>
    public string[] MountableSecrets { get; init => field = SafeName.All(value); } = [];

    /// <summary>The names of the Secrets with credentials for image registries that pods of this account inherit.</summary>
    public string[] ImagePullSecrets { get; init => field = SafeName.All(value); } = [];

    /// <summary>Those of these two that do not exist; null unless they were looked for with -IncludeTokens.</summary>
    public string[]? MissingSecrets { get; internal set => field = SafeName.All(value); }

    /// <summary>Whether pods get a token mounted; null where the account does not say, which means yes.</summary>
    public bool? AutomountToken { get; init; }

    /// <summary>The account's token Secrets; null unless they were asked for with -IncludeTokens.</summary>
    public TokenSecret[]? Tokens { get; internal set; }

    /// <summary>What the cluster has to tell of the account, oldest first; null unless it was asked for with -IncludeEvents.</summary>
    public ServiceAccountEvent[]? Events { get; internal set; }

    /// <summary>The labels of the account.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = NoEntries;

    /// <summary>The annotations of the account.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = NoEntries;

    /// <summary>The identities in clouds that the annotations name (EKS, Azure Workload Identity, GKE); empty for none.</summary>
    public CloudIdentity[] CloudIdentities => CloudAnnotations.Read(Annotations);

    /// <summary>When the account was made, in local time.</summary>
    public DateTime? CreationTimestamp { get; init; }

    /// <summary>The time since the account was made. In PowerShell it is a TimeSpan, in JSON and C# its text.</summary>
    public string? Age => Ages.TextSince(CreationTimestamp);

    /// <summary>The unique id of the account; one made again under the same name has another.</summary>
    public string? Uid { get; init => field = SafeName.Of(value); }

    /// <summary>The opaque version of the object on the server.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>The name the API server knows the account by: <c>system:serviceaccount:NAMESPACE:NAME</c>.</summary>
    public string UserName => ServiceAccountNames.UserName(Namespace, Name);

    /// <summary>The groups the API server puts the account in.</summary>
    public string[] Groups => ServiceAccountNames.Groups(Namespace);

    private protected override IEnumerable<KubeObject?> Parts => [.. Tokens ?? [], .. Events ?? []];

    /// <summary>The account as <c>namespace/name</c>.</summary>
    public override string ToString() => $"{Namespace}/{Name}";
}
