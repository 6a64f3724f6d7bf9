using k8s;
using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Resources.Mapping;

namespace KubeSa.Client.Resources;

/// <summary>What of pods and pod templates tells which account they use.</summary>
internal sealed class UsageApi(PagedLists lists) : IUsageApi
{
    public IAsyncEnumerable<Page<PodUse>> ListPodUsesAsync(string @namespace, CallContext call)
    {
        KubeName.RequireNamespace(@namespace);
        return lists.ListAsync<V1Pod, V1PodList, PodUse>(
            new ApiOperation("list", "pods", "pod", @namespace),
            call,
            (client, from, stop) => client.CoreV1.ListNamespacedPodAsync(
                namespaceParameter: @namespace, limit: PagedLists.PageSize, continueParameter: from, cancellationToken: stop),
            PodUses.ToModel);
    }

    public IAsyncEnumerable<Page<PodUse>> ListTemplateUsesAsync(WorkloadKind kind, string @namespace, CallContext call)
    {
        KubeName.RequireNamespace(@namespace);
        var resource = WorkloadResources.Of(kind);
        return resource.ListUsesAsync(lists, new ApiOperation("list", resource.FullName, kind.ToString(), @namespace), @namespace, call);
    }
}
