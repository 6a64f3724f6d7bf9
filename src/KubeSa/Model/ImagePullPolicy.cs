namespace KubeSa;

/// <summary>When a node pulls the image of a pod from its registry.</summary>
public enum ImagePullPolicy
{
    /// <summary>Each time a container starts.</summary>
    Always,

    /// <summary>Where the node does not have it yet.</summary>
    IfNotPresent,

    /// <summary>Not at all: the node must have it.</summary>
    Never,
}
