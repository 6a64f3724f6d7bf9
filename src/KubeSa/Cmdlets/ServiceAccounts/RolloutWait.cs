using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>Waits until a workload's controller has replaced its pods. Gets and polls: a watch can end silently.</summary>
internal sealed class RolloutWait(IWorkloadApi api, TimeSpan timeout)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    internal async Task<Workload> UntilDoneAsync(Workload workload, CallContext call)
    {
        var activity = $"Waiting for {workload}";
        var end = DateTime.UtcNow + timeout;
        while (!workload.RolledOut && workload.PodsStayBecause is null)
        {
            var givenUp = workload.DeadlineExceeded && workload.ObservedGeneration >= workload.Generation;
            if (givenUp || DateTime.UtcNow >= end)
            {
                throw Failed(workload, givenUp ? "within the deadline that it sets itself" : $"after {timeout.TotalSeconds:0} s");
            }

            var wanted = Math.Max(workload.Replicas ?? 1, 1);
            call.Notify(new ProgressNotice(
                activity, Standing(workload), Math.Min(100, 100 * (workload.AvailableReplicas ?? 0) / wanted)));
            await Task.Delay(Interval, call.Stop).ConfigureAwait(false);
            workload = await api.GetWorkloadAsync(workload.Kind, workload.Namespace, workload.Name, call).ConfigureAwait(false);
        }

        call.Notify(new ProgressNotice(activity, Standing(workload), 100, Completed: true));
        return workload;
    }

    private static KubeApiException Failed(Workload workload, string when) => new(
        FailureKind.TimedOut,
        $"{workload} has not rolled out {when}: {Standing(workload)}. The change is made; "
        + (workload.Trouble is { } trouble
            ? $"its controller says what keeps pods from coming: {trouble.TrimEnd('.')}."
            : "look at the pods' events for what keeps them from starting."),
        $"{workload.Namespace}/{workload.Name}");

    private static string Standing(Workload workload) =>
        $"{workload.UpdatedReplicas ?? 0} of {workload.Replicas ?? 0} pods updated, {workload.AvailableReplicas ?? 0} available";
}
