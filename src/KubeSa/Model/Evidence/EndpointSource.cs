namespace KubeSa;

/// <summary>Where the address of the API server came from.</summary>
public enum EndpointSource : long
{
    /// <summary>From nowhere: it was not found.</summary>
    None,

    /// <summary>From the environment variables that the kubelet sets.</summary>
    Environment,

    /// <summary>From the file <c>kubernetes.env</c> in the mount, which stands for the environment outside a pod.</summary>
    MountFile,

    /// <summary>The caller gave it.</summary>
    Question,
}
