using System.Text;
using KubeSa.Sandbox.Certificates;

namespace KubeSa.Sandbox.Scenarios;

/// <summary>A kubeconfig with everything inline, so that it can be copied anywhere.</summary>
internal static class KubeConfigFile
{
    public const string AdminContext = "admin";
    private const string Cluster = "kubesa-sandbox";

    /// <summary>The text; the first context is the administrator's and the current one. Null for a token means no credentials.</summary>
    public static string Compose(string url, string caPem, ClientCertificate admin, IEnumerable<KubeConfigUser> users)
    {
        var contexts = new StringBuilder();
        var credentials = new StringBuilder();
        AddContext(contexts, AdminContext, "default");
        credentials.Append(
            $"""
            - name: {AdminContext}
              user:
                client-certificate-data: {Base64(admin.CertificatePem)}
                client-key-data: {Base64(admin.KeyPem)}

            """);
        foreach (var user in users)
        {
            AddContext(contexts, user.Name, user.Namespace);
            credentials.Append(user.Token is null
                ? $"- name: {user.Name}\n  user: {{}}\n"
                : $"- name: {user.Name}\n  user:\n    token: {user.Token}\n");
        }

        return
            $"""
            apiVersion: v1
            kind: Config
            clusters:
            - name: {Cluster}
              cluster:
                server: {url}
                certificate-authority-data: {Base64(caPem)}
            contexts:
            {contexts}current-context: {AdminContext}
            users:
            {credentials}
            """;
    }

    private static void AddContext(StringBuilder contexts, string user, string ns) =>
        contexts.Append($"- name: {user}\n  context:\n    cluster: {Cluster}\n    user: {user}\n    namespace: {ns}\n");

    private static string Base64(string pem) => Convert.ToBase64String(Encoding.ASCII.GetBytes(pem));
}

/// <summary>A context and its user, of the same name.</summary>
internal sealed record KubeConfigUser(string Name, string Namespace, string? Token)
{
    // Keeps the token out of logs.
    public override string ToString() => Name;
}
