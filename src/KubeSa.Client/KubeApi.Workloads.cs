using k8s;
using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Resources;
using KubeSa.Client.Resources.Mapping;

namespace KubeSa.Client;

internal sealed partial class KubeApi
{
    private const int MostPatches = 5;

    public Task<Workload> GetWorkloadAsync(WorkloadKind kind, string @namespace, string name, CallContext call)
    {
        RequireWorkload(kind, @namespace, name);
        return SendAsync(Asking("get", kind, @namespace, name), call, (client, stop) => ReadAsync(client, kind, @namespace, name, stop));
    }

    public async Task<Workload> SetWorkloadServiceAccountAsync(Workload before, string serviceAccount, CallContext call)
    {
        var (kind, ns, name) = (before.Kind, before.Namespace, before.Name);
        RequireWorkload(kind, ns, name);
        KubeName.RequireName("service account", serviceAccount, ns);
        if (before.ServiceAccount == serviceAccount)
        {
            return before;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendAsync(
                    Asking("patch", kind, ns, name),
                    call,
                    (client, stop) => PatchAsync(client, before, WorkloadPatch.Of(before, serviceAccount), stop)).ConfigureAwait(false);
            }
            catch (KubeApiException conflict) when (conflict.Kind == FailureKind.Conflict)
            {
                // The controller's reports change the version all the time while pods come and go; the generation is
                // changed by those alone who want something else of the workload.
                var now = await GetWorkloadAsync(kind, ns, name, call).ConfigureAwait(false);
                Recreated.Refuse(kind.ToString(), $"{ns}/{name}", before.Uid, now.Uid);
                if (attempt == MostPatches || now.Generation != before.Generation)
                {
                    throw;
                }

                before = now;
            }
        }
    }

    private static void RequireWorkload(WorkloadKind kind, string @namespace, string name)
    {
        KubeName.RequireNamespace(@namespace);
        KubeName.RequireName(kind.ToString(), name, @namespace);
    }

    private static ApiOperation Asking(string verb, WorkloadKind kind, string @namespace, string? name = null)
    {
        var group = kind switch
        {
            WorkloadKind.Job or WorkloadKind.CronJob => ".batch",
            WorkloadKind.ReplicationController => string.Empty,
            _ => ".apps",
        };
        return new ApiOperation(verb, $"{kind.ToString().ToLowerInvariant()}s{group}", kind.ToString(), @namespace, name);
    }

    private static async Task<Workload> ReadAsync(Kubernetes client, WorkloadKind kind, string ns, string name, CancellationToken stop) => kind switch
    {
        WorkloadKind.Deployment => Workloads.ToModel(await client.AppsV1.ReadNamespacedDeploymentAsync(
            name: name, namespaceParameter: ns, cancellationToken: stop).ConfigureAwait(false)),
        WorkloadKind.StatefulSet => Workloads.ToModel(await client.AppsV1.ReadNamespacedStatefulSetAsync(
            name: name, namespaceParameter: ns, cancellationToken: stop).ConfigureAwait(false)),
        WorkloadKind.DaemonSet => Workloads.ToModel(await client.AppsV1.ReadNamespacedDaemonSetAsync(
            name: name, namespaceParameter: ns, cancellationToken: stop).ConfigureAwait(false)),
        WorkloadKind.ReplicaSet => Workloads.ToModel(await client.AppsV1.ReadNamespacedReplicaSetAsync(
            name: name, namespaceParameter: ns, cancellationToken: stop).ConfigureAwait(false)),
        WorkloadKind.ReplicationController => Workloads.ToModel(await client.CoreV1.ReadNamespacedReplicationControllerAsync(
            name: name, namespaceParameter: ns, cancellationToken: stop).ConfigureAwait(false)),
        WorkloadKind.Job => Workloads.ToModel(await client.BatchV1.ReadNamespacedJobAsync(
            name: name, namespaceParameter: ns, cancellationToken: stop).ConfigureAwait(false)),
        WorkloadKind.CronJob => Workloads.ToModel(await OlderCronJobs.OrAsync(
            () => client.BatchV1.ReadNamespacedCronJobAsync(name: name, namespaceParameter: ns, cancellationToken: stop),
            () => OlderCronJobs.ReadAsync(client, ns, name, stop)).ConfigureAwait(false)),
        _ => throw UnknownKind(kind),
    };

    private static async Task<Workload> PatchAsync(Kubernetes client, Workload before, V1Patch patch, CancellationToken stop)
    {
        var (name, ns, was) = (before.Name, before.Namespace, before.ServiceAccount);
        return before.Kind switch
        {
            WorkloadKind.Deployment => Workloads.ToModel(await client.AppsV1.PatchNamespacedDeploymentAsync(
                body: patch, name: name, namespaceParameter: ns, cancellationToken: stop).ConfigureAwait(false), was),
            WorkloadKind.StatefulSet => Workloads.ToModel(await client.AppsV1.PatchNamespacedStatefulSetAsync(
                body: patch, name: name, namespaceParameter: ns, cancellationToken: stop).ConfigureAwait(false), was),
            WorkloadKind.DaemonSet => Workloads.ToModel(await client.AppsV1.PatchNamespacedDaemonSetAsync(
                body: patch, name: name, namespaceParameter: ns, cancellationToken: stop).ConfigureAwait(false), was),
            WorkloadKind.ReplicaSet => Workloads.ToModel(await client.AppsV1.PatchNamespacedReplicaSetAsync(
                body: patch, name: name, namespaceParameter: ns, cancellationToken: stop).ConfigureAwait(false), was),
            WorkloadKind.ReplicationController => Workloads.ToModel(await client.CoreV1.PatchNamespacedReplicationControllerAsync(
                body: patch, name: name, namespaceParameter: ns, cancellationToken: stop).ConfigureAwait(false), was),
            WorkloadKind.Job => Workloads.ToModel(await client.BatchV1.PatchNamespacedJobAsync(
                body: patch, name: name, namespaceParameter: ns, cancellationToken: stop).ConfigureAwait(false), was),
            WorkloadKind.CronJob => Workloads.ToModel(
                await OlderCronJobs.OrAsync(
                    () => client.BatchV1.PatchNamespacedCronJobAsync(body: patch, name: name, namespaceParameter: ns, cancellationToken: stop),
                    () => OlderCronJobs.PatchAsync(client, ns, name, patch, stop)).ConfigureAwait(false),
                was),
            _ => throw UnknownKind(before.Kind),
        };
    }

    private static KubeApiException UnknownKind(WorkloadKind kind) =>
        new(FailureKind.InvalidRequest, $"'{kind}' is no kind of workload.", kind.ToString());
}
