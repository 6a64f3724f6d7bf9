using System.Globalization;
using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>An object with a pod template, and the service account its pods run as.</summary>
public sealed class Workload : KubeObject
{
    /// <summary>The kind of the object.</summary>
    public required WorkloadKind Kind { get; init; }

    /// <summary>The namespace of the object.</summary>
    public required string Namespace { get; init => field = SafeName.Of(value); }

    /// <summary>The name of the object.</summary>
    public required string Name { get; init => field = SafeName.Of(value); }

    /// <summary>The account its pods run as; <c>default</c> where the template names none.</summary>
    public required string ServiceAccount { get; init => field = SafeName.Of(value); }

    /// <summary>The account they ran as before the change; null where nothing was changed.</summary>
    public string? PreviousServiceAccount { get; internal set => field = SafeName.Of(value); }

    /// <summary>The same, by the name of the column.</summary>
    public string? Before => PreviousServiceAccount;

    /// <summary>How many pods are available of how many are wanted, <c>1/3</c>; null for kinds without that notion.</summary>
    public string? Ready => Replicas is null ? null : string.Create(CultureInfo.InvariantCulture, $"{AvailableReplicas ?? 0}/{Replicas}");

    /// <summary>How many pods are wanted; null for kinds without that notion.</summary>
    public int? Replicas { get; init; }

    /// <summary>How many pods already run the newest template.</summary>
    public int? UpdatedReplicas { get; init; }

    /// <summary>How many pods are available.</summary>
    public int? AvailableReplicas { get; init; }

    /// <summary>How many pods exist, old and new.</summary>
    public int? TotalReplicas { get; init; }

    /// <summary>The unique id of the object; one created again under the same name has another.</summary>
    public string? Uid { get; init => field = SafeName.Of(value); }

    /// <summary>The opaque version of the object on the server.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>The version of the wanted state.</summary>
    public long? Generation { get; init; }

    /// <summary>The version of the wanted state that the controller has seen.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Why pods that run keep the account they have; null where the controller replaces them, or where there are none.</summary>
    public string? PodsStayBecause { get; init => field = SafeName.Of(value); }

    /// <summary>What its controller says keeps new pods from coming, in the server's words; null for nothing.</summary>
    public string? Trouble { get; init => field = SafeName.Of(value); }

    /// <summary>Whether the controller has given up on the rollout, by the deadline that the workload sets it.</summary>
    public bool DeadlineExceeded { get; init; }

    /// <summary>Whether the controller has seen the newest template and every pod runs it and is available.</summary>
    public bool RolledOut =>
        Kind is WorkloadKind.CronJob or WorkloadKind.Job or WorkloadKind.ReplicaSet or WorkloadKind.ReplicationController
        || (ObservedGeneration >= Generation
            && (UpdatedReplicas ?? 0) >= (Replicas ?? 0)
            && (AvailableReplicas ?? 0) >= (Replicas ?? 0)
            && (TotalReplicas ?? 0) <= (Replicas ?? 0));

    /// <summary>The object as <c>Kind namespace/name</c>.</summary>
    public override string ToString() => $"{Kind} {Namespace}/{Name}";
}
