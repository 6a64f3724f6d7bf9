namespace KubeSa.Client.Config.InCluster;

/// <summary>The names of the files in the folder that the kubelet mounts for a service account.</summary>
internal static class PodMount
{
    // In Windows pods the same path lies on C:, whatever drive is the current one.
    private const string WindowsPath = @"C:\var\run\secrets\kubernetes.io\serviceaccount";
    private const string LinuxPath = "/var/run/secrets/kubernetes.io/serviceaccount";

    // HostProcess containers see the host's file system, and their own mounts below this folder.
    private const string HostProcessRoot = "CONTAINER_SANDBOX_MOUNT_POINT";

    internal const string TokenFile = "token";
    internal const string CaFile = "ca.crt";
    internal const string NamespaceFile = "namespace";

    /// <summary>Where the kubelet mounts it.</summary>
    internal static string UsualPath(PodEnvironment environment, bool onWindows) =>
        !onWindows ? LinuxPath
        : environment[HostProcessRoot] is { Length: > 0 } root ? root.TrimEnd('\\') + WindowsPath[2..]
        : WindowsPath;

    /// <summary>Where the kubelet mounts it on the system that this is.</summary>
    internal static string UsualPath(PodEnvironment environment) => UsualPath(environment, OperatingSystem.IsWindows());
}
