using KubeSa.Api;

namespace KubeSa.Client.Config.KubeConfig;

/// <summary>What a context of a kubeconfig comes down to.</summary>
internal static class KubeConfigLoader
{
    private const string DataSource = "kubeconfig data";

    internal static ClusterConfig From(KubeConfigDocument document, IReadOnlyList<string> files, ConnectionOptions options)
    {
        var context = FindContext(document, files, options.Context);
        var cluster = Required(KubeConfigDocument.Find(document.Clusters, context.Fields.Text("cluster")), context, "cluster");
        var userName = context.Fields.Text("user");
        var user = userName is null ? null : Required(KubeConfigDocument.Find(document.Users, userName), context, "user");
        return ServerUrls.RequirePrivacy(Make(context, cluster, user, options, files));
    }

    private static ClusterConfig Make(
        KubeConfigEntry context, KubeConfigEntry cluster, KubeConfigEntry? user, ConnectionOptions options, IReadOnlyList<string> files)
    {
        var file = cluster.Fields.File;
        var what = $"the cluster '{cluster.Name}' in '{file}'";
        var server = cluster.Fields.Text("server") ?? throw cluster.Fields.Invalid($"the cluster '{cluster.Name}' has no server");
        cluster.Fields.RequireWhole();
        user?.Fields.RequireWhole();
        var skips = cluster.Fields.Flag("insecure-skip-tls-verify");
        var hasAuthorities = cluster.Fields.Has("certificate-authority-data") || cluster.Fields.Has("certificate-authority");
        ServerUrls.RequireOneTrust(skips, hasAuthorities, what, file, FailureKind.KubeConfigInvalid);
        return new ClusterConfig
        {
            Server = ServerUrls.Parse(server, what, file, FailureKind.KubeConfigInvalid),
            Info = new ConnectionInfo(
                server,
                ConnectionSource.KubeConfig,
                context.Name,
                options.Namespace ?? context.Fields.Text("namespace") ?? "default",
                options.As ?? user?.Fields.Text("as") ?? user?.Name,
                AuthoritySource(cluster.Fields))
            {
                KubeConfig = string.Join(Path.PathSeparator, files.Select(Path.GetFullPath)),
                ImpersonatedUser = options.As,
            },
            CaBundle = ReadAuthorities(cluster, what),
            TlsServerName = ServerUrls.RequireHostName(cluster.Fields.Text("tls-server-name"), what, FailureKind.KubeConfigInvalid),
            SkipCertificateCheck = skips,
            DisableCompression = cluster.Fields.Flag("disable-compression"),
            ClientCertificate = user is null ? null : UserCredentials.ReadCertificate(user),
            Credential = user is null ? null : UserCredentials.Read(user, cluster),
            Impersonation = ReadImpersonation(user, options),
            Proxy = ServerUrls.ParseProxy(cluster.Fields.Text("proxy-url"), what, file, FailureKind.KubeConfigInvalid),
            Timeout = options.Timeout,
        };
    }

    private static KubeConfigEntry FindContext(KubeConfigDocument document, IReadOnlyList<string> files, string? asked)
    {
        var name = asked ?? document.CurrentContext;
        if (KubeConfigDocument.Find(document.Contexts, name) is { } context)
        {
            return context;
        }

        var known = document.Contexts.Count == 0 ? "It has none." : $"It has: {string.Join(", ", document.Contexts.Select(entry => entry.Name))}.";
        var where = string.Join(Path.PathSeparator, files);
        throw new KubeApiException(
            FailureKind.ContextNotFound,
            name is null
                ? $"The kubeconfig '{where}' has no current context; name one with -Context. {known}"
                : $"The kubeconfig '{where}' has no context '{name}'. {known}",
            name ?? where);
    }

    private static KubeConfigEntry Required(KubeConfigEntry? entry, KubeConfigEntry context, string field) =>
        entry ?? throw context.Fields.Invalid(context.Fields.Text(field) is { } name
            ? $"the context '{context.Name}' names the {field} '{name}', which is not there"
            : $"the context '{context.Name}' names no {field}");

    private static string? AuthoritySource(KubeConfigNode cluster) =>
        cluster.Has("certificate-authority-data") ? DataSource : cluster.FilePath("certificate-authority") ?? "system";

    private static CaBundle? ReadAuthorities(KubeConfigEntry cluster, string what)
    {
        if (cluster.Fields.Decoded("certificate-authority-data") is { } pem)
        {
            return CaBundle.FromPem(pem, $"The certificate-authority-data of {what}", cluster.Fields.File, FailureKind.KubeConfigInvalid);
        }

        return cluster.Fields.FilePath("certificate-authority") is { } path
            ? CaBundle.FromFile(path, FailureKind.KubeConfigInvalid)
            : null;
    }

    private static ImpersonationHeaders? ReadImpersonation(KubeConfigEntry? entry, ConnectionOptions options)
    {
        if (ImpersonationHeaders.From(options) is { } asked)
        {
            return asked;
        }

        if (entry?.Fields is not { } user)
        {
            return null;
        }

        var extra = user.Child("as-user-extra");
        if (user.Text("as") is not { } name)
        {
            return extra is null && user.Text("as-uid") is null && user.Texts("as-groups").Count == 0
                ? null
                : throw user.Invalid($"the user '{entry.Name}' says as which groups, uid or extra to act (as-groups, as-uid, as-user-extra), but not as whom (as)");
        }

        return new ImpersonationHeaders(
            name, user.Texts("as-groups"), user.Text("as-uid"), extra?.Keys.Select(key => KeyValuePair.Create(key, extra.Texts(key))).ToList());
    }
}
