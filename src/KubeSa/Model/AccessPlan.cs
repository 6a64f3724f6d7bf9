using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>
/// What an account needs by the audit log, and how its roles are brought there: the roles to create, the bindings to take away, and the
/// requests of the log that would be refused then. It can be looked at, saved as JSON, and applied later by Invoke-KubeAccessPlan.
/// </summary>
public sealed class AccessPlan : KubeObject
{
    /// <summary>The namespace of the account.</summary>
    public required string Namespace { get; init => field = SafeName.Of(value); }

    /// <summary>The name of the account.</summary>
    public required string ServiceAccount { get; init => field = SafeName.Of(value); }

    /// <summary>The account as <c>namespace/name</c>.</summary>
    public string Account => $"{Namespace}/{ServiceAccount}";

    /// <summary>How close the new roles keep to what was used.</summary>
    public AccessPlanProfile Profile { get; init; }

    /// <summary>Whether this takes back what another plan did.</summary>
    public bool IsUndo { get; init; }

    /// <summary>The roles and bindings to create, in that order.</summary>
    public AccessPlanObject[] Creates { get; init; } = [];

    /// <summary>The bindings to take away once the new ones are there.</summary>
    public AccessPlanObject[] Removes { get; init; } = [];

    /// <summary>The rights that the account would have then, each with its proof.</summary>
    public string[] Rules { get; init => field = SafeName.All(value); } = [];

    /// <summary>The requests of the log that would be refused then; a plan with any is not applied.</summary>
    public AccessUse[] WouldRefuse { get; init; } = [];

    /// <summary>How far the plan may be trusted.</summary>
    public AccessPlanConfidence Confidence { get; init; }

    /// <summary>Why it may be trusted that far.</summary>
    public string[] Reasons { get; init => field = SafeName.All(value); } = [];

    /// <summary>What is held today and is unused, redundant, dead, too wide in place, or too wide in names, with the binding and the role it comes from.</summary>
    public string[] Findings { get; init => field = SafeName.All(value); } = [];

    /// <summary>What must be changed by whoever owns it: patches for bindings that a tool such as Helm or Argo CD keeps.</summary>
    public string[] Patches { get; init => field = SafeName.All(value); } = [];

    /// <summary>What should be known beside it.</summary>
    public string[] Notes { get; init => field = SafeName.All(value); } = [];

    /// <summary>What each workload that runs as the account uses; with several of them, how they could be split into accounts of their own.</summary>
    public string[] Workloads { get; init => field = SafeName.All(value); } = [];

    /// <summary>How many days the log covers.</summary>
    public int Days { get; init; }

    /// <summary>How many days it must cover at least to be applied without -Force: 14, or one round of the longest schedule.</summary>
    public int DaysNeeded { get; init; }

    /// <summary>The file to which the plan was written; null for none.</summary>
    public string? Path { get; internal set => field = SafeName.Of(value); }

    /// <summary>The plan in one sentence.</summary>
    public string Summary => IsUndo
        ? $"puts back {Creates?.Length ?? 0} and takes away {Removes?.Length ?? 0} objects"
        : $"{Creates?.Length ?? 0} to create, {Removes?.Length ?? 0} to take away, {WouldRefuse?.Length ?? 0} requests would be refused";

    /// <summary>The plan as JSON, to be reviewed and kept; Invoke-KubeAccessPlan -Path applies it.</summary>
    public string ToJson() => AccessPlanJson.Write(this);

    private protected override IEnumerable<KubeObject?> Parts => [.. WouldRefuse, .. Creates, .. Removes];

    /// <summary>The account and what is done.</summary>
    public override string ToString() => $"{Account}: {Summary}";
}
