using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.Resources.Mapping;

namespace KubeSa.Client.Resources;

/// <summary>The one table of the kinds of workloads: group, plural and what is made of them.</summary>
internal static class WorkloadResources
{
    private static readonly Dictionary<WorkloadKind, WorkloadResource> All = new()
    {
        [WorkloadKind.Deployment] = new WorkloadResource<V1Deployment, V1DeploymentList>("apps", "deployments", Workloads.ToModel, PodUses.ToModel),
        [WorkloadKind.StatefulSet] = new WorkloadResource<V1StatefulSet, V1StatefulSetList>("apps", "statefulsets", Workloads.ToModel, PodUses.ToModel),
        [WorkloadKind.DaemonSet] = new WorkloadResource<V1DaemonSet, V1DaemonSetList>("apps", "daemonsets", Workloads.ToModel, PodUses.ToModel),
        [WorkloadKind.ReplicaSet] = new WorkloadResource<V1ReplicaSet, V1ReplicaSetList>("apps", "replicasets", Workloads.ToModel, PodUses.ToModel),
        [WorkloadKind.ReplicationController] = new WorkloadResource<V1ReplicationController, V1ReplicationControllerList>(string.Empty, "replicationcontrollers", Workloads.ToModel, PodUses.ToModel),
        [WorkloadKind.Job] = new WorkloadResource<V1Job, V1JobList>("batch", "jobs", Workloads.ToModel, PodUses.ToModel),
        [WorkloadKind.CronJob] = new WorkloadResource<V1CronJob, V1CronJobList>("batch", "cronjobs", Workloads.ToModel, PodUses.ToModel) { OlderVersion = "v1beta1" },
    };

    internal static WorkloadResource Of(WorkloadKind kind) => All.TryGetValue(kind, out var resource)
        ? resource
        : throw new KubeApiException(FailureKind.InvalidRequest, $"'{kind}' is not a kind of workload.", kind.ToString());
}
