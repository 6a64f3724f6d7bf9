using KubeSa.Api;
using KubeSa.Client.Config.Explicit;
using KubeSa.Client.Config.InCluster;
using KubeSa.Client.Config.KubeConfig;

namespace KubeSa.Client.Config;

/// <summary>Finds the way to a server: as told, else a kubeconfig, else the pod's mount, and never a guess.</summary>
internal static class ClusterConfigResolver
{
    internal static ClusterConfig Find(ConnectionOptions options, Func<string, string?> environment) => options switch
    {
        { Source: ConnectionSource.Explicit } or { Source: null, Server: not null } => ExplicitConfigLoader.From(options),
        { Source: ConnectionSource.Pod } or { Source: null, MountPath: not null } => MountConfigLoader.From(options, new PodEnvironment(environment)),
        { Source: ConnectionSource.KubeConfig } or { KubeConfig: not null } or { Context: not null } => FromKubeConfig(options, environment)
            ?? throw new KubeApiException(
                FailureKind.ConnectionNotConfigured, "No kubeconfig was found: neither in $KUBECONFIG nor in ~/.kube/config. Give one with -KubeConfig."),
        _ => FromKubeConfig(options, environment) ?? FromPod(options, new PodEnvironment(environment)),
    };

    private static ClusterConfig? FromKubeConfig(ConnectionOptions options, Func<string, string?> environment)
    {
        var files = KubeConfigFiles.Find(options.KubeConfig, options.WorkingDirectory, environment);
        var document = KubeConfigDocument.Read(files);

        // A file that says nothing, as kubectl leaves behind, is as good as none.
        return files.Count == 0 || (document.Contexts.Count == 0 && options.Source is null && options.Context is null)
            ? null
            : KubeConfigLoader.From(document, files, options);
    }

    private static ClusterConfig FromPod(ConnectionOptions options, PodEnvironment environment) =>
        environment[ServiceEndpoint.HostVariable] is not null || Directory.Exists(PodMount.UsualPath(environment))
            ? MountConfigLoader.From(options, environment)
            : throw new KubeApiException(
                FailureKind.ConnectionNotConfigured,
                "No cluster is known: there is no kubeconfig ($KUBECONFIG or ~/.kube/config), and this is not a pod. Name one with Connect-KubeCluster -KubeConfig or -Server, or try Start-KubeSandbox -Connect.");
}
