namespace KubeSa.Api;

/// <summary>Checks of a service account from inside the cluster, each a Job of one pod.</summary>
public interface IProbeApi
{
    /// <summary>
    /// Makes the Job and gives back its name, after the server was asked, where we may, whether it would take the pod:
    /// AdmissionRefused, QuotaExceeded or ServiceAccountNotFound where it would not, and then nothing was made. The making itself
    /// is not stopped.
    /// </summary>
    Task<string> StartProbeAsync(ProbeSpec spec, CallContext call);

    /// <summary>
    /// How the probe stands. A failure that tells why, such as ImagePullFailed or PodFailed, where its pod cannot start or
    /// cannot be made.
    /// </summary>
    Task<ProbeState> GetProbeAsync(string @namespace, string job, CallContext call);

    /// <summary>What the probe's container has written.</summary>
    Task<string> ReadProbeLogAsync(string @namespace, string pod, CallContext call);

    /// <summary>Deletes the Job and its pod; no failure where they are gone.</summary>
    Task DeleteProbeAsync(string @namespace, string job, CallContext call);
}
