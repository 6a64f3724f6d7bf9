namespace KubeSa.Api;

/// <summary>Who runs as which service account.</summary>
public interface IUsageApi
{
    /// <summary>Lists the pods of a namespace.</summary>
    IAsyncEnumerable<Page<PodUse>> ListPodUsesAsync(string @namespace, CallContext call);

    /// <summary>Lists the objects of one kind with a pod template in a namespace.</summary>
    IAsyncEnumerable<Page<PodUse>> ListTemplateUsesAsync(WorkloadKind kind, string @namespace, CallContext call);
}
