namespace KubeSa.Api;

/// <summary>A check from inside the cluster that is to be made: as whom, by what, and how long it may take.</summary>
/// <param name="Namespace">The namespace of the account, in which the pod runs.</param>
/// <param name="ServiceAccount">The account the pod runs as.</param>
/// <param name="Question">What is to be tried.</param>
/// <param name="Timeout">How long it is waited for. The cluster ends the Job some time later.</param>
public sealed record ProbeSpec(string Namespace, string ServiceAccount, AccessQuestion Question, TimeSpan Timeout)
{
    /// <summary>The image, which must have PowerShell 7.4; null for the official one.</summary>
    public string? Image { get; init; }

    /// <summary>When the node pulls the image; null for the cluster's own choice, which is IfNotPresent for an image of a fixed version.</summary>
    public ImagePullPolicy? ImagePullPolicy { get; init; }

    /// <summary>Whether the cluster is to leave the Job alone when it has ended.</summary>
    public bool Keep { get; init; }
}
