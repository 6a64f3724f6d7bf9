using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace KubeSa.Contract.Replay;

/// <summary>What the replay needs of the sandbox's kubeconfig.</summary>
internal static class KubeConfig
{
    /// <summary>The client certificate of the current context, with its key.</summary>
    public static X509Certificate2? AdminCertificate(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var config = YamlTree.Parse(File.ReadAllText(path))!;
        var context = Named(config, "contexts", (string)config["current-context"]!)["context"]!;
        var user = Named(config, "users", (string)context["user"]!)["user"]!;
        using var pem = X509Certificate2.CreateFromPem(Decode(user, "client-certificate-data"), Decode(user, "client-key-data"));
        // Through PKCS#12: SslStream does not take an ephemeral key everywhere.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    private static JsonNode Named(JsonNode config, string list, string name) => config[list]!.AsArray().Single(e => (string)e!["name"]! == name)!;

    private static string Decode(JsonNode user, string name) => Encoding.UTF8.GetString(Convert.FromBase64String((string)user[name]!));
}
