using KubeSa.Secrecy;

namespace KubeSa.Client.Config.KubeConfig;

/// <summary>The contexts of a kubeconfig, as Get-KubeContext shows them.</summary>
internal static class Contexts
{
    internal static IReadOnlyList<Context> Read(
        string? kubeConfig, Func<string, string?> environment, string? workingDirectory = null, CancellationToken stop = default)
    {
        var document = KubeConfigDocument.Read(KubeConfigFiles.Find(kubeConfig, workingDirectory, environment), stop);
        return document.Contexts.Select(context => ToModel(context, document)).ToList();
    }

    // One with a password cannot be used, but can be shown.
    private static string? WithoutPassword(string? url) => url?.Contains('@') == true ? Redactor.Redact(url) : url;

    private static Context ToModel(KubeConfigEntry context, KubeConfigDocument document)
    {
        var cluster = context.Fields.Text("cluster");
        var user = context.Fields.Text("user");
        return new Context
        {
            Name = context.Name,
            Cluster = cluster,
            Server = WithoutPassword(KubeConfigDocument.Find(document.Clusters, cluster)?.Fields.Text("server")),
            User = user,
            Namespace = context.Fields.Text("namespace") ?? "default",
            IsCurrent = context.Name == document.CurrentContext,
            AuthKind = UserCredentials.KindOf(KubeConfigDocument.Find(document.Users, user)?.Fields),
            KubeConfig = context.Fields.File,
        };
    }
}
