namespace KubeSa.Api;

/// <summary>Objects on the server that hold a pod template.</summary>
public interface IWorkloadApi
{
    /// <summary>Reads one workload; WorkloadNotFound where it is not there.</summary>
    Task<Workload> GetWorkloadAsync(WorkloadKind kind, string @namespace, string name, CallContext call);

    /// <summary>
    /// Lets the pods of the very workload that was read run as another account, by one patch of its template; Conflict
    /// where it was changed meanwhile, other than by its controller's own reports, or where another one bears its name.
    /// </summary>
    Task<Workload> SetWorkloadServiceAccountAsync(Workload before, string serviceAccount, CallContext call);
}
