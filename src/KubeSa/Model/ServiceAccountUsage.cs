using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>
/// Who runs as a service account or holds its token: a pod, or a workload that has none at the moment; a line for each place
/// the pod has the token at. With -Unused an account that nobody runs as, and why it is believed to be unused.
/// </summary>
public sealed class ServiceAccountUsage : KubeObject
{
    /// <summary>The namespace of the account and of its pods.</summary>
    public required string Namespace { get; init => field = SafeName.Of(value); }

    /// <summary>The name of the account.</summary>
    public required string ServiceAccount { get; init => field = SafeName.Of(value); }

    /// <summary>The unique id of the account; null where only its name is known.</summary>
    public string? ServiceAccountUid { get; init => field = SafeName.Of(value); }

    /// <summary>The other account that the pod runs as, where it only holds a token of this one; else null.</summary>
    public string? RunsAs { get; init => field = SafeName.Of(value); }

    /// <summary>The pod; null for a workload without pods and for an unused account.</summary>
    public string? Pod { get; init => field = SafeName.Of(value); }

    /// <summary>The phase of the pod: Pending, Running, Succeeded, Failed or Unknown.</summary>
    public string? PodPhase { get; init => field = SafeName.Of(value); }

    /// <summary>Who looks after the pod, up to the Deployment or CronJob, as <c>Kind/name</c>; null for a pod on its own.</summary>
    public string? Workload { get; init => field = SafeName.Of(value); }

    /// <summary>The node the pod is on.</summary>
    public string? Node { get; init => field = SafeName.Of(value); }

    /// <summary>
    /// Whether the token is mounted by itself; for a workload without pods whether its template asks for it, null where
    /// that leaves it to the account.
    /// </summary>
    public bool? Automount { get; init; }

    /// <summary>
    /// How the pod gets the token on this line; None where it opted out. Null for an unused account, and for a workload
    /// without pods that leaves it to the account.
    /// </summary>
    public TokenMountKind? Mount { get; init; }

    /// <summary>The file the pod finds the token in; null where it has none.</summary>
    public string? TokenPath { get; init => field = SafeName.Of(value); }

    /// <summary>Whom the token is for; null for the API server.</summary>
    public string? TokenAudience { get; init => field = SafeName.Of(value); }

    /// <summary>How long each token is good, in seconds, before which the kubelet renews it; null for one that never expires.</summary>
    public long? TokenExpirationSeconds { get; init; }

    /// <summary>Whom the token is for, by the name of the column.</summary>
    public string? Audience => TokenAudience;

    /// <summary>How long each token is good, as people write it, or <c>never</c>; null where there is none.</summary>
    public string? Expires => TokenExpirationSeconds is { } seconds ? HumanDuration.Of(TimeSpan.FromSeconds(seconds))
        : TokenPath is not null || Mount == TokenMountKind.Secret ? "never"
        : null;

    /// <summary>The volume the token is in; null where it has none, or where it is in a variable of the environment.</summary>
    public string? Volume { get; init => field = SafeName.Of(value); }

    /// <summary>The token Secret that holds the token on this line; null where it is a requested one, or none.</summary>
    public string? Secret { get; init => field = SafeName.Of(value); }

    /// <summary>
    /// Whether anybody runs as the account or holds its token: not where the pod has ended. With -Unused null where something
    /// speaks for its use, or where not everything could be looked at.
    /// </summary>
    public required bool? IsUsed { get; init; }

    /// <summary>
    /// With -Unused: why the account is believed to be unused, and what speaks against that. With -Legacy: what is to be done about
    /// the token. Else null.
    /// </summary>
    public string? Why { get; internal set => field = SafeName.Of(value); }

    /// <summary>With -Legacy: what to have instead of the token, in a few words; else null.</summary>
    public string? Instead { get; internal set => field = SafeName.Of(value); }

    /// <summary>With -Legacy: the day the token was last used, as the server notes it from 1.28 on; else null.</summary>
    public DateTime? LastUsed { get; internal set; }

    /// <summary>With -Unused: what was looked at.</summary>
    public string[] LookedAt { get; init => field = SafeName.All(value); } = [];

    /// <summary>With -Unused: what could not be looked at, so that it is unknown whether it uses the account.</summary>
    public string[] Unknown { get; init => field = SafeName.All(value); } = [];

    /// <summary>The account and who runs as it.</summary>
    public override string ToString() => $"{Namespace}/{ServiceAccount}: {Pod ?? Workload ?? (IsUsed == false ? "unused" : "uncertain")}";
}
