using k8s;
using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Resources;
using KubeSa.Client.Resources.Mapping;

namespace KubeSa.Client;

internal sealed partial class KubeApi
{
    public IAsyncEnumerable<Page<PodUse>> ListPodUsesAsync(string @namespace, CallContext call)
    {
        KubeName.RequireNamespace(@namespace);
        return ListAsync<V1Pod, V1PodList, PodUse>(
            new ApiOperation("list", "pods", "pod", @namespace),
            call,
            (client, from, stop) => client.CoreV1.ListNamespacedPodAsync(
                namespaceParameter: @namespace, limit: PageSize, continueParameter: from, cancellationToken: stop),
            PodUses.ToModel);
    }

    public IAsyncEnumerable<Page<PodUse>> ListTemplateUsesAsync(WorkloadKind kind, string @namespace, CallContext call)
    {
        KubeName.RequireNamespace(@namespace);
        var operation = Asking("list", kind, @namespace);
        return kind switch
        {
            WorkloadKind.Deployment => ListAsync<V1Deployment, V1DeploymentList, PodUse>(
                operation,
                call,
                (client, from, stop) => client.AppsV1.ListNamespacedDeploymentAsync(
                    namespaceParameter: @namespace, limit: PageSize, continueParameter: from, cancellationToken: stop),
                PodUses.ToModel),
            WorkloadKind.StatefulSet => ListAsync<V1StatefulSet, V1StatefulSetList, PodUse>(
                operation,
                call,
                (client, from, stop) => client.AppsV1.ListNamespacedStatefulSetAsync(
                    namespaceParameter: @namespace, limit: PageSize, continueParameter: from, cancellationToken: stop),
                PodUses.ToModel),
            WorkloadKind.DaemonSet => ListAsync<V1DaemonSet, V1DaemonSetList, PodUse>(
                operation,
                call,
                (client, from, stop) => client.AppsV1.ListNamespacedDaemonSetAsync(
                    namespaceParameter: @namespace, limit: PageSize, continueParameter: from, cancellationToken: stop),
                PodUses.ToModel),
            WorkloadKind.ReplicaSet => ListAsync<V1ReplicaSet, V1ReplicaSetList, PodUse>(
                operation,
                call,
                (client, from, stop) => client.AppsV1.ListNamespacedReplicaSetAsync(
                    namespaceParameter: @namespace, limit: PageSize, continueParameter: from, cancellationToken: stop),
                PodUses.ToModel),
            WorkloadKind.ReplicationController => ListAsync<V1ReplicationController, V1ReplicationControllerList, PodUse>(
                operation,
                call,
                (client, from, stop) => client.CoreV1.ListNamespacedReplicationControllerAsync(
                    namespaceParameter: @namespace, limit: PageSize, continueParameter: from, cancellationToken: stop),
                PodUses.ToModel),
            WorkloadKind.Job => ListAsync<V1Job, V1JobList, PodUse>(
                operation,
                call,
                (client, from, stop) => client.BatchV1.ListNamespacedJobAsync(
                    namespaceParameter: @namespace, limit: PageSize, continueParameter: from, cancellationToken: stop),
                PodUses.ToModel),
            WorkloadKind.CronJob => ListAsync<V1CronJob, V1CronJobList, PodUse>(
                operation,
                call,
                (client, from, stop) => OlderCronJobs.OrAsync(
                    () => client.BatchV1.ListNamespacedCronJobAsync(
                        namespaceParameter: @namespace, limit: PageSize, continueParameter: from, cancellationToken: stop),
                    () => OlderCronJobs.ListAsync(client, @namespace, PageSize, from, stop)),
                PodUses.ToModel),
            _ => throw UnknownKind(kind),
        };
    }
}
