using System.Globalization;
using System.Text;
using KubeSa.Api;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace KubeSa.Client.Config.KubeConfig;

/// <summary>Writes kubeconfig files.</summary>
internal static class KubeConfigWriter
{
    internal static string Compose(KubeConfigSpec spec, ClusterConfig config)
    {
        var cluster = config.Info.Context ?? config.Server.Host;
        var user = ServiceAccountNames.UserName(spec.Namespace, spec.ServiceAccount);
        var context = $"{spec.ServiceAccount}@{cluster}";
        var root = new YamlMappingNode
        {
            { "apiVersion", "v1" },
            { "kind", "Config" },
            { "clusters", Named(cluster, "cluster", Cluster(config, spec.IncludeProxyCredential)) },
            { "users", Named(user, "user", User(spec, config)) },
            {
                "contexts", Named(context, "context", new YamlMappingNode
                {
                    { "cluster", Text(cluster) },
                    { "user", Text(user) },
                    { "namespace", Text(spec.Namespace) },
                })
            },
            { "current-context", Text(context) },
        };
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        new YamlStream(new YamlDocument(root)).Save(text, assignAnchors: false);

        // The library ends a document with a line of dots, which nobody expects here.
        return text.ToString().Replace("\n...\n", "\n", StringComparison.Ordinal);
    }

    private static YamlSequenceNode Named(string name, string field, YamlMappingNode content) =>
        new(new YamlMappingNode { { "name", Text(name) }, { field, content } });

    private static YamlMappingNode Cluster(ClusterConfig config, bool includeProxyCredential)
    {
        var cluster = new YamlMappingNode { { "server", Text(config.Server.AbsoluteUri.TrimEnd('/')) } };
        if (config.SkipCertificateCheck)
        {
            cluster.Add("insecure-skip-tls-verify", "true");
        }
        else if (config.CaBundle is { } caBundle)
        {
            cluster.Add("certificate-authority-data", Text(Convert.ToBase64String(Encoding.UTF8.GetBytes(caBundle.Pem))));
        }

        if (config.TlsServerName is { } name)
        {
            cluster.Add("tls-server-name", Text(name));
        }

        if (config.DisableCompression)
        {
            cluster.Add("disable-compression", "true");
        }

        if (config.Proxy is { } proxy)
        {
            cluster.Add("proxy-url", Text(includeProxyCredential || proxy.UserInfo.Length == 0 ? proxy.OriginalString : WithoutUser(proxy)));
        }

        return cluster;
    }

    private static string WithoutUser(Uri url) =>
        new UriBuilder(url) { UserName = string.Empty, Password = string.Empty }.Uri.AbsoluteUri.TrimEnd('/');

    private static YamlMappingNode User(KubeConfigSpec spec, ClusterConfig config)
    {
        if (spec.Impersonate)
        {
            return ImpersonatingUser.Write(spec, config);
        }

        if (spec.Command is { } command)
        {
            return new YamlMappingNode { { "exec", Exec(command) } };
        }

        var user = new YamlMappingNode { { "token", Text(SecureStrings.Read(spec.Token!)) } };
        if (spec.TokenFile is { } file)
        {
            user.Add("tokenFile", Text(file));
        }

        return user;
    }

    private static YamlMappingNode Exec(CredentialCommand command) => new()
    {
        { "apiVersion", Text(CredentialCommand.Version) },
        { "command", Text(command.Program) },
        { "args", new YamlSequenceNode(command.Arguments.Select(Text)) },
        {
            "env", new YamlSequenceNode(command.Environment.Select(entry =>
                new YamlMappingNode { { "name", Text(entry.Key) }, { "value", Text(entry.Value) } }))
        },
        { "interactiveMode", "Never" },
        { "provideClusterInfo", "false" },
    };

    /// <summary>In quotes: a namespace may be called 1234 or true.</summary>
    internal static YamlScalarNode Text(string value) => new(value) { Style = ScalarStyle.DoubleQuoted };
}
