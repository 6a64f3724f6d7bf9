using k8s;
using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Resources.Mapping;

namespace KubeSa.Client.Resources;

/// <summary>Namespaces.</summary>
internal sealed class NamespaceApi(ApiCaller caller, PagedLists lists) : INamespaceApi
{
    public Task<Namespace> GetNamespaceAsync(string name, CallContext call)
    {
        KubeName.RequireNamespace(name);
        return caller.SendAsync(
            new ApiOperation("get", "namespaces", "namespace", Name: name),
            call,
            async (client, stop) => Namespaces.ToModel(
                await client.CoreV1.ReadNamespaceAsync(name: name, cancellationToken: stop).ConfigureAwait(false)));
    }

    public IAsyncEnumerable<Page<Namespace>> ListNamespacesAsync(ListQuery query, CallContext call) =>
        lists.ListAsync<V1Namespace, V1NamespaceList, Namespace>(
            new ApiOperation("list", "namespaces", "namespace"),
            call,
            (client, from, stop) => client.CoreV1.ListNamespaceAsync(
                labelSelector: query.LabelSelector,
                fieldSelector: query.FieldSelector,
                limit: PagedLists.PageSize,
                continueParameter: from,
                cancellationToken: stop),
            Namespaces.ToModel);

    public IAsyncEnumerable<Page<string>> ListNamespaceNamesAsync(CallContext call) =>
        lists.ListAsync<V1Namespace, V1NamespaceList, string>(
            new ApiOperation("list", "namespaces", "namespace"),
            call,
            (client, from, stop) => client.CoreV1.ListNamespaceAsync(
                limit: PagedLists.PageSize, continueParameter: from, cancellationToken: stop),
            item => item.Identified().Name);

    public async Task<bool?> NamespaceExistsAsync(string @namespace, CallContext call)
    {
        try
        {
            await GetNamespaceAsync(@namespace, call).ConfigureAwait(false);
            return true;
        }
        catch (KubeApiException failure) when (failure.Kind is FailureKind.NamespaceNotFound or FailureKind.Forbidden)
        {
            return failure.Kind == FailureKind.Forbidden ? null : false;
        }
    }
}
