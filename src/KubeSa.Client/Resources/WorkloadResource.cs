using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.Errors;

namespace KubeSa.Client.Resources;

/// <summary>A kind of workload: where the server has it, and how it is read, patched and listed.</summary>
internal abstract class WorkloadResource
{
    /// <summary>The resource in the plural, with its group where it has one.</summary>
    internal abstract string FullName { get; }

    internal abstract Task<Workload> ReadAsync(Kubernetes client, string ns, string name, CancellationToken stop);

    /// <param name="client">The client library's client.</param>
    /// <param name="before">The workload as it was.</param>
    /// <param name="patch">What to change.</param>
    /// <param name="stop">Ends it.</param>
    internal abstract Task<Workload> PatchAsync(Kubernetes client, Workload before, V1Patch patch, CancellationToken stop);

    internal abstract IAsyncEnumerable<Page<PodUse>> ListUsesAsync(PagedLists lists, ApiOperation operation, string ns, CallContext call);
}

/// <summary>The same for a type of the client library.</summary>
/// <param name="group">The API group; the empty one is the core group.</param>
/// <param name="plural">The resource in the plural.</param>
/// <param name="toModel">Makes of it what users get; the second is the account before a change.</param>
/// <param name="toUse">Makes of it what of its pod template tells which account it uses.</param>
internal sealed class WorkloadResource<TObject, TList>(string group, string plural, Func<TObject, string?, Workload> toModel, Func<TObject, PodUse> toUse) : WorkloadResource
    where TObject : IKubernetesObject, IMetadata<V1ObjectMeta>
    where TList : IKubernetesObject, IMetadata<V1ListMeta>, IItems<TObject>
{
    /// <summary>A version that old servers have alone; what we look at is the same in both.</summary>
    internal string? OlderVersion { get; init; }

    internal override string FullName => group.Length == 0 ? plural : $"{plural}.{group}";

    internal override async Task<Workload> ReadAsync(Kubernetes client, string ns, string name, CancellationToken stop) => toModel(
        await VersionedAsync(version => With(client, version).ReadNamespacedAsync<TObject>(ns: ns, name: name, cancel: stop)).ConfigureAwait(false), null);

    internal override async Task<Workload> PatchAsync(Kubernetes client, Workload before, V1Patch patch, CancellationToken stop) => toModel(
        await VersionedAsync(version => With(client, version).PatchNamespacedAsync<TObject>(patch: patch, ns: before.Namespace, name: before.Name, cancel: stop)).ConfigureAwait(false),
        before.ServiceAccount);

    internal override IAsyncEnumerable<Page<PodUse>> ListUsesAsync(PagedLists lists, ApiOperation operation, string ns, CallContext call) =>
        lists.ListAsync<TObject, TList, PodUse>(
            operation,
            call,
            (client, from, stop) => VersionedAsync(version => With(client, version).ListNamespacedAsync<TList>(
                ns: ns, limit: PagedLists.PageSize, continueToken: from, cancel: stop)),
            toUse);

    // The client owns nothing but the names: it must not be disposed, for it would take the connection with it.
    private GenericClient With(Kubernetes client, string version) => new(client, group, version, plural, disposeClient: false);

    /// <summary>Asks for the older version where the server does not know the newer one; an object that is missing is no such case.</summary>
    private async Task<T> VersionedAsync<T>(Func<string, Task<T>> ask)
    {
        try
        {
            return await ask("v1").ConfigureAwait(false);
        }
        catch (HttpOperationException failure) when (OlderVersion is not null && failure.Response.StatusCode == HttpStatusCode.NotFound && ApiStatus.From(failure).Kind is null)
        {
            return await ask(OlderVersion).ConfigureAwait(false);
        }
    }
}
