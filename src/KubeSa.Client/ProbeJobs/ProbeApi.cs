using System.Net;
using System.Text;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Resources;
using KubeSa.Client.Resources.Mapping;

namespace KubeSa.Client.ProbeJobs;

/// <summary>The Job that asks from inside the cluster.</summary>
internal sealed class ProbeApi(ApiCaller caller) : IProbeApi
{
    public async Task<string> StartProbeAsync(ProbeSpec spec, CallContext call)
    {
        KubeName.RequireNamespace(spec.Namespace);
        KubeName.RequireName("service account", spec.ServiceAccount, spec.Namespace);
        var job = ProbeManifest.Compose(spec);
        await TryPodAsync(job, spec, call).ConfigureAwait(false);

        // Not stopped halfway: only who gets the answer knows what to delete.
        return await caller.SendAsync(
            new ApiOperation("create", "jobs.batch", "Job", spec.Namespace),
            call with { Stop = CancellationToken.None },
            (client, stop) => AdmittedAsync(spec, async () => (await client.BatchV1.CreateNamespacedJobAsync(
                body: job, namespaceParameter: spec.Namespace, cancellationToken: stop).ConfigureAwait(false)).Identified().Name)).ConfigureAwait(false);
    }

    public async Task<ProbeState> GetProbeAsync(string @namespace, string job, CallContext call)
    {
        RequireProbe(@namespace, job);
        var pods = await caller.SendAsync(
            new ApiOperation("list", "pods", "pod", @namespace),
            call,
            (client, stop) => client.CoreV1.ListNamespacedPodAsync(
                namespaceParameter: @namespace, labelSelector: $"job-name={job}", cancellationToken: stop)).ConfigureAwait(false);
        if (pods.Required("list of pods").Items?.FirstOrDefault() is { } pod)
        {
            return PodProgress.Of(pod);
        }

        // Asked for only while there is no pod: why the Job's controller could not make one stands in an event alone.
        var refusal = await FindRefusalAsync(@namespace, job, call).ConfigureAwait(false);
        return refusal is null
            ? new ProbeState("The Job is made, and its pod is not yet.")
            : throw PodRefusals.From(refusal, $"{@namespace}/{job}");
    }

    public Task<string> ReadProbeLogAsync(string @namespace, string pod, CallContext call)
    {
        KubeName.RequireNamespace(@namespace);
        KubeName.RequireName("pod", pod, @namespace);
        return caller.SendAsync(
            new ApiOperation("get", "pods/log", "pod", @namespace, pod),
            call,
            async (client, stop) =>
            {
                using var log = await client.CoreV1.ReadNamespacedPodLogAsync(
                    name: pod, namespaceParameter: @namespace, container: ProbeManifest.Container, cancellationToken: stop).ConfigureAwait(false);
                using var reader = new StreamReader(log, Encoding.UTF8);
                return await reader.ReadToEndAsync(stop).ConfigureAwait(false);
            });
    }

    public Task DeleteProbeAsync(string @namespace, string job, CallContext call)
    {
        RequireProbe(@namespace, job);
        return caller.SendAsync(
            new ApiOperation("delete", "jobs.batch", "Job", @namespace, job),
            call,
            async (client, stop) =>
            {
                try
                {
                    // Without a policy a Job of batch/v1 would leave its pods behind.
                    await client.BatchV1.DeleteNamespacedJobAsync(
                        name: job, namespaceParameter: @namespace, propagationPolicy: "Background", cancellationToken: stop).ConfigureAwait(false);
                }
                catch (HttpOperationException gone) when (gone.Response.StatusCode == HttpStatusCode.NotFound)
                {
                    // The cluster, or somebody else, was faster.
                }

                return true;
            });
    }

    /// <summary>
    /// Lets the server say at once what the Job's controller would else meet later and tell in an event alone. Whoever may
    /// make Jobs and no pods goes on without.
    /// </summary>
    private async Task TryPodAsync(V1Job job, ProbeSpec spec, CallContext call)
    {
        try
        {
            await caller.SendAsync(
                new ApiOperation("create", "pods", "pod", spec.Namespace),
                call,
                (client, stop) => AdmittedAsync(spec, () => client.CoreV1.CreateNamespacedPodAsync(
                    body: ProbeManifest.PodOf(job), namespaceParameter: spec.Namespace, dryRun: "All", cancellationToken: stop))).ConfigureAwait(false);
        }
        catch (KubeApiException failure) when (failure.Kind is FailureKind.Forbidden or FailureKind.InvalidRequest)
        {
            // InvalidRequest: a webhook that knows no dry run.
            call.Notify(new VerboseNotice($"Whether the pod would be taken cannot be asked beforehand: {failure.Message}"));
        }
    }

    private static async Task<T> AdmittedAsync<T>(ProbeSpec spec, Func<Task<T>> create)
    {
        try
        {
            return await create().ConfigureAwait(false);
        }
        catch (HttpOperationException refused) when (ApiStatus.From(refused) is { Code: HttpStatusCode.Forbidden } status && PodRefusals.IsAdmission(status.Message))
        {
            throw PodRefusals.From(status.Message!, $"{spec.Namespace}/{spec.ServiceAccount}");
        }
    }

    private async Task<string?> FindRefusalAsync(string ns, string job, CallContext call)
    {
        var selector = $"involvedObject.name={job},reason=FailedCreate";
        try
        {
            var events = await caller.SendAsync(
                new ApiOperation("list", "events", "event", ns),
                call,
                (client, stop) => client.CoreV1.ListNamespacedEventAsync(
                    namespaceParameter: ns, fieldSelector: selector, cancellationToken: stop)).ConfigureAwait(false);
            return events?.Items?.LastOrDefault()?.Message;
        }
        catch (KubeApiException failure) when (failure.Kind == FailureKind.Forbidden)
        {
            call.Notify(new VerboseNotice($"May not read the events of {ns}, which would tell why a pod is not made."));
            return null;
        }
    }

    private static void RequireProbe(string ns, string job)
    {
        KubeName.RequireNamespace(ns);
        KubeName.RequireName("Job", job, ns);
    }
}
