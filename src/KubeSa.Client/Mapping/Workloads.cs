using k8s.Models;

namespace KubeSa.Client.Mapping;

/// <summary>Objects with a pod template, in our words.</summary>
internal static class Workloads
{
    internal static Workload ToModel(V1Deployment item, string? was = null) => new()
    {
        Kind = WorkloadKind.Deployment,
        Namespace = item.IdentifiedInNamespace().NamespaceProperty,
        Name = item.Metadata.Name,
        ServiceAccount = AccountOf(item.Spec.Template?.Spec),
        PreviousServiceAccount = was,
        Replicas = item.Spec.Replicas ?? 1,
        UpdatedReplicas = item.Status?.UpdatedReplicas ?? 0,
        AvailableReplicas = item.Status?.AvailableReplicas ?? 0,
        TotalReplicas = item.Status?.Replicas ?? 0,
        Generation = item.Metadata.Generation,
        ObservedGeneration = item.Status?.ObservedGeneration,
    };

    internal static Workload ToModel(V1StatefulSet item, string? was = null) => new()
    {
        Kind = WorkloadKind.StatefulSet,
        Namespace = item.IdentifiedInNamespace().NamespaceProperty,
        Name = item.Metadata.Name,
        ServiceAccount = AccountOf(item.Spec.Template?.Spec),
        PreviousServiceAccount = was,
        Replicas = item.Spec.Replicas ?? 1,
        UpdatedReplicas = item.Status?.UpdatedReplicas ?? 0,

        // Servers before 1.22 count the ready ones alone.
        AvailableReplicas = item.Status?.AvailableReplicas ?? item.Status?.ReadyReplicas ?? 0,
        TotalReplicas = item.Status?.Replicas ?? 0,
        Generation = item.Metadata.Generation,
        ObservedGeneration = item.Status?.ObservedGeneration,
    };

    internal static Workload ToModel(V1DaemonSet item, string? was = null) => new()
    {
        Kind = WorkloadKind.DaemonSet,
        Namespace = item.IdentifiedInNamespace().NamespaceProperty,
        Name = item.Metadata.Name,
        ServiceAccount = AccountOf(item.Spec.Template?.Spec),
        PreviousServiceAccount = was,
        Replicas = item.Status?.DesiredNumberScheduled ?? 0,
        UpdatedReplicas = item.Status?.UpdatedNumberScheduled ?? 0,
        AvailableReplicas = item.Status?.NumberAvailable ?? 0,
        TotalReplicas = item.Status?.CurrentNumberScheduled ?? 0,
        Generation = item.Metadata.Generation,
        ObservedGeneration = item.Status?.ObservedGeneration,
    };

    internal static Workload ToModel(V1ReplicaSet item, string? was = null) => new()
    {
        Kind = WorkloadKind.ReplicaSet,
        Namespace = item.IdentifiedInNamespace().NamespaceProperty,
        Name = item.Metadata.Name,
        ServiceAccount = AccountOf(item.Spec.Template?.Spec),
        PreviousServiceAccount = was,
        Replicas = item.Spec.Replicas ?? 1,
        AvailableReplicas = item.Status?.AvailableReplicas ?? 0,
        TotalReplicas = item.Status?.Replicas ?? 0,
        Generation = item.Metadata.Generation,
        ObservedGeneration = item.Status?.ObservedGeneration,
    };

    internal static Workload ToModel(V1Job item, string? was = null) => new()
    {
        Kind = WorkloadKind.Job,
        Namespace = item.IdentifiedInNamespace().NamespaceProperty,
        Name = item.Metadata.Name,
        ServiceAccount = AccountOf(item.Spec.Template?.Spec),
        PreviousServiceAccount = was,
        Generation = item.Metadata.Generation,
    };

    internal static Workload ToModel(V1CronJob item, string? was = null) => new()
    {
        Kind = WorkloadKind.CronJob,
        Namespace = item.IdentifiedInNamespace().NamespaceProperty,
        Name = item.Metadata.Name,
        ServiceAccount = AccountOf(item.Spec.JobTemplate.Spec?.Template?.Spec),
        PreviousServiceAccount = was,
        Generation = item.Metadata.Generation,
    };

    /// <summary>The account that pods run as; <c>default</c> where none is named.</summary>
    internal static string AccountOf(V1PodSpec? pod)
    {
        var name = string.IsNullOrEmpty(pod?.ServiceAccountName) ? pod?.ServiceAccount : pod.ServiceAccountName;
        return string.IsNullOrEmpty(name) ? "default" : name;
    }
}
