using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.Mapping;

namespace KubeSa.Client;

internal sealed partial class KubeApi
{
    public IAsyncEnumerable<Page<PodUse>> ListPodUsesAsync(string @namespace, CallContext call)
    {
        KubeName.RequireNamespace(@namespace);
        return ListAsync<V1Pod, V1PodList, PodUse>(
            new Ask("list", "pods", "pod", @namespace),
            call,
            (client, from, stop) => client.CoreV1.ListNamespacedPodAsync(
                namespaceParameter: @namespace, limit: PageSize, continueParameter: from, cancellationToken: stop),
            PodUses.ToModel);
    }

    public IAsyncEnumerable<Page<PodUse>> ListTemplateUsesAsync(WorkloadKind kind, string @namespace, CallContext call)
    {
        KubeName.RequireNamespace(@namespace);
        var ask = Asking("list", kind, @namespace);
        return kind switch
        {
            WorkloadKind.Deployment => ListAsync<V1Deployment, V1DeploymentList, PodUse>(
                ask,
                call,
                (client, from, stop) => client.AppsV1.ListNamespacedDeploymentAsync(
                    namespaceParameter: @namespace, limit: PageSize, continueParameter: from, cancellationToken: stop),
                PodUses.ToModel),
            WorkloadKind.StatefulSet => ListAsync<V1StatefulSet, V1StatefulSetList, PodUse>(
                ask,
                call,
                (client, from, stop) => client.AppsV1.ListNamespacedStatefulSetAsync(
                    namespaceParameter: @namespace, limit: PageSize, continueParameter: from, cancellationToken: stop),
                PodUses.ToModel),
            WorkloadKind.DaemonSet => ListAsync<V1DaemonSet, V1DaemonSetList, PodUse>(
                ask,
                call,
                (client, from, stop) => client.AppsV1.ListNamespacedDaemonSetAsync(
                    namespaceParameter: @namespace, limit: PageSize, continueParameter: from, cancellationToken: stop),
                PodUses.ToModel),
            WorkloadKind.ReplicaSet => ListAsync<V1ReplicaSet, V1ReplicaSetList, PodUse>(
                ask,
                call,
                (client, from, stop) => client.AppsV1.ListNamespacedReplicaSetAsync(
                    namespaceParameter: @namespace, limit: PageSize, continueParameter: from, cancellationToken: stop),
                PodUses.ToModel),
            WorkloadKind.Job => ListAsync<V1Job, V1JobList, PodUse>(
                ask,
                call,
                (client, from, stop) => client.BatchV1.ListNamespacedJobAsync(
                    namespaceParameter: @namespace, limit: PageSize, continueParameter: from, cancellationToken: stop),
                PodUses.ToModel),
            WorkloadKind.CronJob => ListAsync<V1CronJob, V1CronJobList, PodUse>(
                ask,
                call,
                (client, from, stop) => ListCronJobsAsync(client, @namespace, from, stop),
                PodUses.ToModel),
            _ => throw UnknownKind(kind),
        };
    }

    /// <summary>Servers before 1.21 have CronJobs in an older version of the group alone; what we look at is the same in both.</summary>
    private static async Task<V1CronJobList> ListCronJobsAsync(Kubernetes client, string @namespace, string? from, CancellationToken stop)
    {
        try
        {
            return await client.BatchV1.ListNamespacedCronJobAsync(
                namespaceParameter: @namespace, limit: PageSize, continueParameter: from, cancellationToken: stop).ConfigureAwait(false);
        }
        catch (HttpOperationException failure) when (failure.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return await client.CustomObjects.ListNamespacedCustomObjectAsync<V1CronJobList>(
                group: "batch",
                version: "v1beta1",
                namespaceParameter: @namespace,
                plural: "cronjobs",
                limit: PageSize,
                continueParameter: from,
                cancellationToken: stop).ConfigureAwait(false);
        }
    }
}
