using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;

namespace KubeSa.Client.Config.KubeConfig;

/// <summary>How the users of a kubeconfig prove who they are.</summary>
internal static class UserCredentials
{
    /// <summary>The kind of credentials, for Get-KubeContext; the one that counts where there are several.</summary>
    internal static string KindOf(KubeConfigNode? user)
    {
        (string Field, string Kind)[] kinds =
        [
            ("auth-provider", "AuthProvider"),
            ("tokenFile", "TokenFile"),
            ("token", "Token"),
            ("exec", "Exec"),
            ("client-certificate-data", "ClientCertificate"),
            ("client-certificate", "ClientCertificate"),
            ("username", "Basic"),
        ];
        return kinds.Where(kind => user?.Has(kind.Field) == true).Select(kind => kind.Kind).FirstOrDefault("None");
    }

    internal static ICredential? Read(KubeConfigEntry user, KubeConfigEntry cluster)
    {
        var fields = user.Fields;
        if (fields.Has("auth-provider"))
        {
            throw fields.Invalid($"the user '{user.Name}' relies on an auth-provider, which Kubernetes has given up; let it use a credential plugin (exec) instead");
        }

        // The file wins as long as it holds something, as with kubectl.
        if (fields.FilePath("tokenFile") is { } tokenFile)
        {
            return new TokenFileCredential(tokenFile, Token(user));
        }

        if (Token(user) is { } token)
        {
            return FixedCredential.Bearer(token, $"the user '{user.Name}' in '{fields.File}'", fields.File);
        }

        // Behind the token, as with kubectl: a plugin is not run where there is one already.
        if (fields.Has("exec"))
        {
            return new ExecPlugin(ExecSettings.Read(user, cluster, hasTerminal: !Console.IsInputRedirected));
        }

        return fields.Text("username") is { } name ? FixedCredential.Basic(name, fields.Text("password") ?? string.Empty) : null;
    }

    internal static X509Certificate2Collection? ReadCertificate(KubeConfigEntry user)
    {
        var certificate = DataOrFile(user.Fields, "client-certificate");
        var key = DataOrFile(user.Fields, "client-key");
        if (certificate is null && key is null)
        {
            return null;
        }

        if (certificate is null || key is null)
        {
            throw user.Fields.Invalid($"the user '{user.Name}' has a client {(certificate is null ? "key but no certificate" : "certificate but no key")}");
        }

        return ClientCertificates.Read(
            certificate, key, $"the user '{user.Name}' in '{user.Fields.File}'", user.Fields.File, FailureKind.KubeConfigInvalid);
    }

    private static string? Token(KubeConfigEntry user) =>
        user.Fields.Text("token") is { } text && TokenText.Trim(text) is { Length: > 0 } token ? token : null;

    private static string? DataOrFile(KubeConfigNode fields, string name)
    {
        if (fields.Decoded(name + "-data") is { } data)
        {
            return data;
        }

        try
        {
            return fields.FilePath(name) is { } path ? TextFile.Read(path) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw fields.Invalid($"its {name} '{fields.FilePath(name)}' cannot be read");
        }
    }
}
