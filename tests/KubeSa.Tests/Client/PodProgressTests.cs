using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.ProbeJobs;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Why a pod does not run, by what kubelets and schedulers write into its status.</summary>
public sealed class PodProgressTests
{
    [Theory]
    [InlineData("ImagePullBackOff", "Back-off pulling image \"x\"", FailureKind.ImagePullFailed, "Back-off pulling")]
    [InlineData("InvalidImageName", "couldn't parse image name", FailureKind.ImagePullFailed, "couldn't parse")]
    [InlineData("ErrImageNeverPull", "Container image \"x\" is not present with pull policy of Never", FailureKind.ImagePullFailed, "pull policy of Never")]
    [InlineData("CreateContainerConfigError", "container has runAsNonRoot and image will run as root", FailureKind.PodFailed, "will run as root")]
    [InlineData("CreateContainerError", "context deadline exceeded", FailureKind.PodFailed, "deadline exceeded")]
    [InlineData("CrashLoopBackOff", null, FailureKind.PodFailed, "(CrashLoopBackOff)")]
    public void Gives_up_on_what_will_not_pass(string reason, string? message, FailureKind kind, string words)
    {
        var failure = Assert.Throws<KubeApiException>(() => PodProgress.Of(Waiting(reason, message)));
        Assert.Equal((kind, "team-a/probe-1"), (failure.Kind, failure.Target));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Remembers_a_pull_that_may_be_tried_again()
    {
        var state = PodProgress.Of(Waiting("ErrImagePull", "failed to resolve reference: not found"));
        Assert.Equal(FailureKind.ImagePullFailed, state.Obstacle!.Kind);
        Assert.Contains("not found", state.Obstacle.Message, StringComparison.Ordinal);
        Assert.Null(state.ExitCode);
    }

    [Theory]
    [InlineData("ContainerCreating")]
    [InlineData("PodInitializing")]
    [InlineData("SomethingOfTomorrow")]
    public void Waits_through_what_passes(string reason)
    {
        var state = PodProgress.Of(Waiting(reason, null));
        Assert.Equal((null, null, "probe-1"), (state.Obstacle, state.ExitCode, state.Pod));
    }

    [Fact]
    public void Waits_for_a_node_and_says_for_want_of_what()
    {
        var state = PodProgress.Of(Pod(new V1PodStatus
        {
            Phase = "Pending",
            Conditions = [new V1PodCondition { Type = "PodScheduled", Status = "False", Reason = "Unschedulable", Message = "0/3 nodes are available: 3 Insufficient memory." }],
        }));
        Assert.Equal(FailureKind.PodUnschedulable, state.Obstacle!.Kind);
        Assert.Contains("3 Insufficient memory", state.Status, StringComparison.Ordinal);
        Assert.Null(PodProgress.Of(Pod(new V1PodStatus { Phase = "Pending" })).Obstacle);
    }

    [Theory]
    [InlineData("StartError", 128, "exec: \"pwsh\": executable file not found in $PATH", "executable file not found")]
    [InlineData("ContainerCannotRun", 127, "no such file", "no such file")]
    [InlineData("OOMKilled", 137, null, "memory")]
    public void Tells_a_container_that_could_not_run_from_one_that_ended(string reason, int code, string? message, string words)
    {
        var failure = Assert.Throws<KubeApiException>(() => PodProgress.Of(Ended(code, reason, message)));
        Assert.Equal(FailureKind.PodFailed, failure.Kind);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, PodProgress.Of(Ended(1, "Error", null)).ExitCode);
        Assert.Equal(0, PodProgress.Of(Ended(0, "Completed", null)).ExitCode);
    }

    [Fact]
    public void Tells_why_a_pod_was_put_out_before_it_ran()
    {
        var failure = Assert.Throws<KubeApiException>(() => PodProgress.Of(Pod(new V1PodStatus { Phase = "Failed", Reason = "Evicted", Message = "The node was low on resource: memory." })));
        Assert.Contains("(Evicted): The node was low", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ends_with_the_probe_where_a_sidecar_goes_on()
    {
        var pod = Ended(0, "Completed", null);
        pod.Status.Phase = "Running";
        pod.Status.ContainerStatuses.Insert(0, new V1ContainerStatus { Name = "istio-proxy", Image = "i", State = new V1ContainerState { Running = new V1ContainerStateRunning() } });
        Assert.Equal(0, PodProgress.Of(pod).ExitCode);
    }

    private static V1Pod Waiting(string reason, string? message) =>
        Container(new V1ContainerState { Waiting = new V1ContainerStateWaiting { Reason = reason, Message = message } });

    private static V1Pod Ended(int code, string reason, string? message) =>
        Container(new V1ContainerState { Terminated = new V1ContainerStateTerminated { ExitCode = code, Reason = reason, Message = message } });

    private static V1Pod Container(V1ContainerState state) =>
        Pod(new V1PodStatus { Phase = "Pending", ContainerStatuses = [new V1ContainerStatus { Name = "probe", Image = "example/pwsh", State = state }] });

    private static V1Pod Pod(V1PodStatus status) => new() { Metadata = new V1ObjectMeta { Name = "probe-1", NamespaceProperty = "team-a" }, Status = status };
}
