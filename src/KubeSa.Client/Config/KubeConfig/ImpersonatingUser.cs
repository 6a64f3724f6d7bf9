using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeSa.Api;
using YamlDotNet.RepresentationModel;

namespace KubeSa.Client.Config.KubeConfig;

/// <summary>
/// Writes the user of a kubeconfig that acts as a service account by impersonation: with the credentials of the connection, for
/// it is the connection's user who may impersonate.
/// </summary>
internal static class ImpersonatingUser
{
    internal static YamlMappingNode Write(KubeConfigSpec spec, ClusterConfig config)
    {
        if (config.Impersonation is { } other)
        {
            throw Unable(spec, $"the connection impersonates '{other.User}' already, and the server takes one user at a time. Use a connection without -As");
        }

        var user = new YamlMappingNode();
        AddCredential(user, spec, config.Credential);
        if (config.ClientCertificate is { Count: > 0 } certificates)
        {
            AddCertificate(user, spec, certificates);
        }

        user.Add("as", KubeConfigWriter.Text(ServiceAccountNames.UserName(spec.Namespace, spec.ServiceAccount)));
        return user;
    }

    private static void AddCredential(YamlMappingNode user, KubeConfigSpec spec, ICredential? credential)
    {
        switch (credential)
        {
            case null:
                break;
            case FixedCredential { Header: { Scheme: "Bearer", Parameter: { } token } }:
                user.Add("token", KubeConfigWriter.Text(token));
                break;
            case FixedCredential { Header: { Parameter: { } pair } }:
                AddPassword(user, Encoding.UTF8.GetString(Convert.FromBase64String(pair)));
                break;
            case TokenFileCredential { Path: { } path }:
                user.Add("tokenFile", KubeConfigWriter.Text(Path.GetFullPath(path)));
                break;
            case ExecPlugin { Settings: { } settings }:
                user.Add("exec", Exec(settings));
                break;
            default:
                throw Unable(spec, "no kubeconfig can hold the credentials of the connection");
        }
    }

    private static void AddPassword(YamlMappingNode user, string pair)
    {
        var at = pair.IndexOf(':', StringComparison.Ordinal);
        user.Add("username", KubeConfigWriter.Text(pair[..at]));
        user.Add("password", KubeConfigWriter.Text(pair[(at + 1)..]));
    }

    private static void AddCertificate(YamlMappingNode user, KubeConfigSpec spec, X509Certificate2Collection certificates)
    {
        try
        {
            using AsymmetricAlgorithm? key = certificates[0].GetRSAPrivateKey() ?? (AsymmetricAlgorithm?)certificates[0].GetECDsaPrivateKey();
            user.Add("client-certificate-data", Data(certificates.ExportCertificatePems()));
            user.Add("client-key-data", Data(key!.ExportPkcs8PrivateKeyPem()));
        }
        catch (CryptographicException)
        {
            // On Windows a key that was read may be one that is not given out again.
            throw Unable(spec, "the key of its client certificate cannot be read back. Use a connection with a token or a credential plugin");
        }
    }

    private static YamlMappingNode Exec(ExecSettings settings) => new()
    {
        { "apiVersion", KubeConfigWriter.Text(settings.ApiVersion) },
        { "command", KubeConfigWriter.Text(Command(settings)) },
        { "args", new YamlSequenceNode(settings.Arguments.Select(KubeConfigWriter.Text)) },
        {
            "env", new YamlSequenceNode(settings.Environment.Select(entry =>
                new YamlMappingNode { { "name", KubeConfigWriter.Text(entry.Key) }, { "value", KubeConfigWriter.Text(entry.Value) } }))
        },
        { "interactiveMode", "IfAvailable" },
        { "provideClusterInfo", settings.ProvidesClusterInfo ? "true" : "false" },
    };

    // A path is relative to the kubeconfig that it stands in, and this is another one.
    private static string Command(ExecSettings settings) => settings.Command.Contains('/', StringComparison.Ordinal)
        ? Path.GetFullPath(settings.Command, Path.GetDirectoryName(Path.GetFullPath(settings.File))!)
        : settings.Command;

    private static YamlScalarNode Data(string pem) => KubeConfigWriter.Text(Convert.ToBase64String(Encoding.UTF8.GetBytes(pem)));

    private static KubeApiException Unable(KubeConfigSpec spec, string why) => new(
        FailureKind.InvalidRequest,
        $"ServiceAccount {spec.Namespace}/{spec.ServiceAccount} cannot be impersonated: {why}.",
        $"{spec.Namespace}/{spec.ServiceAccount}");
}
