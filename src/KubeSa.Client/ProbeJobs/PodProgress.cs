using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.Resources.Mapping;
using KubeSa.Secrecy;

namespace KubeSa.Client.ProbeJobs;

/// <summary>How a probe's pod stands, and why it cannot start. A pure function of the pod as the server shows it.</summary>
internal static class PodProgress
{
    private static readonly HashSet<string> PullReasons = ["ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable", "ImageInspectError", "SignatureValidationFailed"];

    // What the kubelet tries again by itself, and what will not change before somebody changes something.
    private static readonly HashSet<string> Passing = ["ErrImagePull", "RegistryUnavailable"];

    internal static ProbeState Of(V1Pod pod)
    {
        var name = pod.Identified().Name;
        var target = $"{pod.Metadata.NamespaceProperty}/{name}";
        var container = pod.Status?.ContainerStatuses?.FirstOrDefault(c => c.Name == ProbeManifest.Container);
        return container?.State switch
        {
            { Terminated: { } end } when end.Reason is "StartError" or "ContainerCannotRun" => throw CannotRun(end.Reason, end.Message, target),
            { Terminated: { Reason: "OOMKilled" } } => throw new KubeApiException(
                FailureKind.PodFailed, $"The probe's container was killed for want of memory. A LimitRange of the namespace may allow it too little.", target),
            { Terminated: { } end } => new ProbeState("The check is done.", name, end.ExitCode),
            { Running: not null } => new ProbeState("The check is running.", name),
            { Waiting: { Reason: { } reason } waiting } => Waiting(reason, waiting.Message, container!.Image, name, target),
            _ when pod.Status is { Phase: "Failed" } status => throw new KubeApiException(
                FailureKind.PodFailed, $"The probe's pod failed before its container ran{Because(status.Reason, status.Message)}.", target),
            _ when Unscheduled(pod) is { } why => new ProbeState($"No node takes the pod{Because(null, why)}", name)
            {
                Obstacle = new KubeApiException(
                    FailureKind.PodUnschedulable,
                    $"No node takes the probe's pod{Because(null, why)}. It asks for little (50m CPU, 128Mi memory): see the nodes' taints and what is free on them.",
                    target),
            },
            _ => new ProbeState("The pod is made and waits for a node.", name),
        };
    }

    private static ProbeState Waiting(string reason, string? message, string image, string name, string target)
    {
        var because = Because(reason, message);
        if (PullReasons.Contains(reason))
        {
            var failure = new KubeApiException(
                FailureKind.ImagePullFailed,
                $"The image '{image}' cannot be pulled{because}. {Advice(reason)}",
                target);
            return Passing.Contains(reason) ? new ProbeState($"The image cannot be pulled so far{because}", name) { Obstacle = failure } : throw failure;
        }

        return reason switch
        {
            "CreateContainerConfigError" or "CreateContainerError" or "RunContainerError" or "CrashLoopBackOff" => throw CannotRun(reason, message, target),
            "ContainerCreating" or "PodInitializing" => new ProbeState("The image is pulled and the container made.", name),
            _ => new ProbeState($"The container waits{because}", name),
        };
    }

    private static string Advice(string reason) => reason == "ErrImageNeverPull"
        ? "The node does not have it, and -ImagePullPolicy Never lets it pull none: load the image onto the nodes, or leave the policy out."
        : "Give one that the nodes can reach with -Image: any with PowerShell 7.4 will do; or let the account have an image pull secret. "
            + "Where the nodes have it already, -ImagePullPolicy IfNotPresent or Never spares them the registry.";

    private static KubeApiException CannotRun(string reason, string? message, string target) => new(
        FailureKind.PodFailed,
        $"The probe's container cannot run{Because(reason, message)}. See that the image has pwsh (PowerShell 7.4) on its path.",
        target);

    private static string? Unscheduled(V1Pod pod) => pod.Status?.Conditions?
        .FirstOrDefault(c => c is { Type: "PodScheduled", Status: "False" }) is { } condition
        ? condition.Message ?? condition.Reason ?? string.Empty
        : null;

    private static string Because(string? reason, string? message) => (reason, SafeExcerpt.Of(message)) switch
    {
        (null or "", null) => string.Empty,
        (null or "", var words) => $": {words!.TrimEnd('.')}",
        (_, null) => $" ({reason})",
        var (_, words) => $" ({reason}): {words.TrimEnd('.')}",
    };
}
