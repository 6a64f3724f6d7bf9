namespace KubeSa.Api;

/// <summary>Objects on the server that hold a pod template.</summary>
public interface IWorkloadApi
{
    /// <summary>Reads one workload; WorkloadNotFound where it is not there.</summary>
    Task<Workload> GetWorkloadAsync(WorkloadKind kind, string @namespace, string name, CallContext call);

    /// <summary>Lets the pods of a workload run as another account, by one patch of its template.</summary>
    Task<Workload> SetWorkloadServiceAccountAsync(
        WorkloadKind kind, string @namespace, string name, string serviceAccount, CallContext call);
}
