namespace KubeSa.Client.InPod;

/// <summary>The names of the files in the folder that the kubelet mounts for a service account.</summary>
internal static class PodMount
{
    internal const string UsualPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    internal const string TokenFile = "token";
    internal const string CaFile = "ca.crt";
    internal const string NamespaceFile = "namespace";
}
