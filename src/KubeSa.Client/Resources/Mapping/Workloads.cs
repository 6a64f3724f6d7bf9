using k8s.Models;
using KubeSa.Secrecy;

namespace KubeSa.Client.Resources.Mapping;

/// <summary>Objects with a pod template, in our words.</summary>
internal static class Workloads
{
    private const string OnDelete = "its update strategy is OnDelete";

    internal static Workload ToModel(V1Deployment item, string? was = null) => new()
    {
        Kind = WorkloadKind.Deployment,
        Namespace = item.IdentifiedInNamespace().NamespaceProperty,
        Name = item.Metadata.Name,
        ServiceAccount = AccountOf(item.Spec.Required("spec").Template?.Spec),
        PreviousServiceAccount = was,
        Replicas = item.Spec.Replicas ?? 1,
        UpdatedReplicas = item.Status?.UpdatedReplicas ?? 0,
        AvailableReplicas = item.Status?.AvailableReplicas ?? 0,
        TotalReplicas = item.Status?.Replicas ?? 0,
        Uid = item.Metadata.Uid,
        ResourceVersion = item.Metadata.ResourceVersion,
        Generation = item.Metadata.Generation,
        ObservedGeneration = item.Status?.ObservedGeneration,
        PodsStayBecause = item.Spec.Paused == true ? "it is paused" : null,
        Trouble = TroubleOf(item.Status?.Conditions?.Select(condition => (condition.Type, condition.Status, condition.Message))),
        DeadlineExceeded = item.Status?.Conditions?.Any(condition => condition is { Type: "Progressing", Reason: "ProgressDeadlineExceeded" }) == true,
    };

    internal static Workload ToModel(V1StatefulSet item, string? was = null) => new()
    {
        Kind = WorkloadKind.StatefulSet,
        Namespace = item.IdentifiedInNamespace().NamespaceProperty,
        Name = item.Metadata.Name,
        ServiceAccount = AccountOf(item.Spec.Required("spec").Template?.Spec),
        PreviousServiceAccount = was,
        Replicas = item.Spec.Replicas ?? 1,
        UpdatedReplicas = item.Status?.UpdatedReplicas ?? 0,

        // Servers before 1.22 count the ready ones alone.
        AvailableReplicas = item.Status?.AvailableReplicas ?? item.Status?.ReadyReplicas ?? 0,
        TotalReplicas = item.Status?.Replicas ?? 0,
        Uid = item.Metadata.Uid,
        ResourceVersion = item.Metadata.ResourceVersion,
        Generation = item.Metadata.Generation,
        ObservedGeneration = item.Status?.ObservedGeneration,
        PodsStayBecause = item.Spec.UpdateStrategy switch
        {
            { Type: "OnDelete" } => OnDelete,
            { RollingUpdate.Partition: > 0 and var partition } => $"its update stops at partition {partition}",
            _ => null,
        },
    };

    internal static Workload ToModel(V1DaemonSet item, string? was = null) => new()
    {
        Kind = WorkloadKind.DaemonSet,
        Namespace = item.IdentifiedInNamespace().NamespaceProperty,
        Name = item.Metadata.Name,
        ServiceAccount = AccountOf(item.Spec.Required("spec").Template?.Spec),
        PreviousServiceAccount = was,
        Replicas = item.Status?.DesiredNumberScheduled ?? 0,
        UpdatedReplicas = item.Status?.UpdatedNumberScheduled ?? 0,
        AvailableReplicas = item.Status?.NumberAvailable ?? 0,
        TotalReplicas = item.Status?.CurrentNumberScheduled ?? 0,
        Uid = item.Metadata.Uid,
        ResourceVersion = item.Metadata.ResourceVersion,
        Generation = item.Metadata.Generation,
        ObservedGeneration = item.Status?.ObservedGeneration,
        PodsStayBecause = item.Spec.UpdateStrategy?.Type == "OnDelete" ? OnDelete : null,
    };

    internal static Workload ToModel(V1ReplicaSet item, string? was = null) => new()
    {
        Kind = WorkloadKind.ReplicaSet,
        Namespace = item.IdentifiedInNamespace().NamespaceProperty,
        Name = item.Metadata.Name,
        ServiceAccount = AccountOf(item.Spec.Required("spec").Template?.Spec),
        PreviousServiceAccount = was,
        Replicas = item.Spec.Replicas ?? 1,
        AvailableReplicas = item.Status?.AvailableReplicas ?? 0,
        TotalReplicas = item.Status?.Replicas ?? 0,
        Uid = item.Metadata.Uid,
        ResourceVersion = item.Metadata.ResourceVersion,
        Generation = item.Metadata.Generation,
        ObservedGeneration = item.Status?.ObservedGeneration,
        PodsStayBecause = item.Metadata.OwnerReferences?.FirstOrDefault(owner => owner.Controller == true) is { } owner
            ? $"{owner.Kind} {owner.Name} looks after it and goes by its own template"
            : "a ReplicaSet leaves the pods it has alone",
        Trouble = TroubleOf(item.Status?.Conditions?.Select(condition => (condition.Type, condition.Status, condition.Message))),
    };

    internal static Workload ToModel(V1ReplicationController item, string? was = null) => new()
    {
        Kind = WorkloadKind.ReplicationController,
        Namespace = item.IdentifiedInNamespace().NamespaceProperty,
        Name = item.Metadata.Name,
        ServiceAccount = AccountOf(item.Spec.Required("spec").Template?.Spec),
        PreviousServiceAccount = was,
        Replicas = item.Spec.Replicas ?? 1,
        AvailableReplicas = item.Status?.AvailableReplicas ?? 0,
        TotalReplicas = item.Status?.Replicas ?? 0,
        Uid = item.Metadata.Uid,
        ResourceVersion = item.Metadata.ResourceVersion,
        Generation = item.Metadata.Generation,
        ObservedGeneration = item.Status?.ObservedGeneration,
        PodsStayBecause = "a ReplicationController leaves the pods it has alone",
        Trouble = TroubleOf(item.Status?.Conditions?.Select(condition => (condition.Type, condition.Status, condition.Message))),
    };

    internal static Workload ToModel(V1Job item, string? was = null) => new()
    {
        Kind = WorkloadKind.Job,
        Namespace = item.IdentifiedInNamespace().NamespaceProperty,
        Name = item.Metadata.Name,
        ServiceAccount = AccountOf(item.Spec.Required("spec").Template?.Spec),
        PreviousServiceAccount = was,
        Uid = item.Metadata.Uid,
        ResourceVersion = item.Metadata.ResourceVersion,
        Generation = item.Metadata.Generation,
    };

    internal static Workload ToModel(V1CronJob item, string? was = null) => new()
    {
        Kind = WorkloadKind.CronJob,
        Namespace = item.IdentifiedInNamespace().NamespaceProperty,
        Name = item.Metadata.Name,
        ServiceAccount = AccountOf(item.Spec.Required("spec").JobTemplate?.Spec?.Template?.Spec),
        PreviousServiceAccount = was,
        Uid = item.Metadata.Uid,
        ResourceVersion = item.Metadata.ResourceVersion,
        Generation = item.Metadata.Generation,
    };

    /// <summary>The account that pods run as; <c>default</c> where none is named.</summary>
    internal static string AccountOf(V1PodSpec? pod)
    {
        var name = string.IsNullOrEmpty(pod?.ServiceAccountName) ? pod?.ServiceAccount : pod.ServiceAccountName;
        return string.IsNullOrEmpty(name) ? "default" : name;
    }

    private static string? TroubleOf(IEnumerable<(string Type, string Status, string Message)>? conditions) =>
        SafeExcerpt.Of(conditions?.FirstOrDefault(condition => condition is { Type: "ReplicaFailure", Status: "True" }).Message);
}
