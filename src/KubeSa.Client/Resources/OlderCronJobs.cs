using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeSa.Client.Errors;

namespace KubeSa.Client.Resources;

/// <summary>
/// CronJobs of servers before 1.21, which have them in an older version of the group alone; what we look at is the same
/// in both.
/// </summary>
internal static class OlderCronJobs
{
    private const string Group = "batch";
    private const string Version = "v1beta1";
    private const string Plural = "cronjobs";

    /// <summary>Asks for the older version where the server does not know the newer one; a CronJob that is missing is no such case.</summary>
    internal static async Task<T> OrAsync<T>(Func<Task<T>> newer, Func<Task<T>> older)
    {
        try
        {
            return await newer().ConfigureAwait(false);
        }
        catch (HttpOperationException failure) when (failure.Response.StatusCode == HttpStatusCode.NotFound && ApiStatus.From(failure).Kind is null)
        {
            return await older().ConfigureAwait(false);
        }
    }

    internal static Task<V1CronJobList> ListAsync(Kubernetes client, string ns, int limit, string? from, CancellationToken stop) =>
        client.CustomObjects.ListNamespacedCustomObjectAsync<V1CronJobList>(
            group: Group, version: Version, namespaceParameter: ns, plural: Plural, limit: limit, continueParameter: from, cancellationToken: stop);

    internal static Task<V1CronJob> ReadAsync(Kubernetes client, string ns, string name, CancellationToken stop) =>
        client.CustomObjects.GetNamespacedCustomObjectAsync<V1CronJob>(
            group: Group, version: Version, namespaceParameter: ns, plural: Plural, name: name, cancellationToken: stop);

    internal static Task<V1CronJob> PatchAsync(Kubernetes client, string ns, string name, V1Patch patch, CancellationToken stop) =>
        client.CustomObjects.PatchNamespacedCustomObjectAsync<V1CronJob>(
            body: patch, group: Group, version: Version, namespaceParameter: ns, plural: Plural, name: name, cancellationToken: stop);
}
