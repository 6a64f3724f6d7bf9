using KubeSa.Api;
using KubeSa.Diagnosis;

namespace KubeSa.Cmdlets;

/// <summary>Waits until a probe has written its evidence. Gets and polls: a watch can end silently.</summary>
internal sealed class ProbeWait(IProbeApi api, ProbeSpec spec)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // The log of a container that has just ended may lag behind.
    private const int Rereads = 4;

    internal async Task<AccessEvidence> ForEvidenceAsync(string job, CallContext call)
    {
        var activity = $"Checking service account {spec.Namespace}/{spec.ServiceAccount} from inside";
        var end = DateTime.UtcNow + spec.Timeout;
        KubeApiException? obstacle = null;
        while (true)
        {
            var state = await StateAsync(job, obstacle, call).ConfigureAwait(false);
            obstacle = state.Obstacle ?? obstacle;
            call.Notify(new ProgressNotice(activity, state.Status, -1));
            if (state is { Pod: { } pod, ExitCode: { } exitCode })
            {
                var evidence = await ReadAsync(pod, exitCode, call).ConfigureAwait(false);
                call.Notify(new ProgressNotice(activity, "Done.", 100, Completed: true));
                return evidence;
            }

            if (DateTime.UtcNow >= end)
            {
                throw state.Obstacle ?? TimedOut(job, state);
            }

            await Task.Delay(Interval, call.Stop).ConfigureAwait(false);
        }
    }

    private async Task<ProbeState> StateAsync(string job, KubeApiException? obstacle, CallContext call)
    {
        try
        {
            return await api.GetProbeAsync(spec.Namespace, job, call).ConfigureAwait(false);
        }
        catch (KubeApiException failure) when (failure.Kind == FailureKind.ImagePullFailed && obstacle?.Kind == FailureKind.ImagePullFailed)
        {
            // While the kubelet backs off it often says no more than that; what it said before tells why.
            throw obstacle;
        }
    }

    private async Task<AccessEvidence> ReadAsync(string pod, int exitCode, CallContext call)
    {
        for (var attempt = 1; ; attempt++)
        {
            var log = await api.ReadProbeLogAsync(spec.Namespace, pod, call).ConfigureAwait(false);
            if (EvidenceMarkers.Find(log) is not null)
            {
                return Parse(log, pod);
            }

            if (attempt == Rereads)
            {
                throw new KubeApiException(
                    FailureKind.PodFailed,
                    $"The probe's container ended with exit code {exitCode} and wrote no evidence. See that the image has PowerShell 7.4 or later; "
                    + $"with -Keep the pod stays, and kubectl logs -n {spec.Namespace} {pod} shows what it said.",
                    $"{spec.Namespace}/{pod}");
            }

            await Task.Delay(Interval, call.Stop).ConfigureAwait(false);
        }
    }

    private AccessEvidence Parse(string log, string pod)
    {
        try
        {
            return EvidenceJson.Read(log);
        }
        catch (FormatException failure)
        {
            throw new KubeApiException(FailureKind.InvalidEvidence, $"What the probe wrote cannot be read. {failure.Message}", $"{spec.Namespace}/{pod}");
        }
    }

    private KubeApiException TimedOut(string job, ProbeState state) => new(
        FailureKind.TimedOut,
        $"The probe has not ended after {spec.Timeout.TotalSeconds:0} s. {state.Status.TrimEnd('.')}. Allow more time with -TimeoutSeconds; a first pull of the image can take minutes.",
        $"{spec.Namespace}/{state.Pod ?? job}");
}
