using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;

namespace KubeSa.Client.Config.Explicit;

/// <summary>What the parameters of Connect-KubeCluster come down to.</summary>
internal static class ExplicitConfigLoader
{
    private const string What = "Connect-KubeCluster";

    internal static ClusterConfig From(ConnectionOptions options)
    {
        var text = options.Server ?? throw new KubeApiException(
            FailureKind.ConnectionNotConfigured, "No server was given. Give its URL with -Server.");
        var server = ServerUrls.Parse(text, What, WithoutUser(text), FailureKind.InvalidRequest);
        ServerUrls.RequireOneTrust(options.SkipCertificateCheck, options.CertificateAuthority is not null, What, text, FailureKind.InvalidRequest);
        var certificate = ReadCertificate(options);
        return ServerUrls.RequirePrivacy(new ClusterConfig
        {
            Server = server,
            Info = new ConnectionInfo(
                server.GetLeftPart(UriPartial.Path).TrimEnd('/'),
                ConnectionSource.Explicit,
                Context: null,
                options.Namespace ?? "default",
                options.As ?? (certificate is [var leaf, ..] ? CredentialIdentity.SubjectOf(leaf) : options.TokenFile),
                options.CertificateAuthority ?? "system"),
            CaBundle = options.CertificateAuthority is { } path ? CaBundle.FromFile(path, FailureKind.InvalidRequest) : null,
            TlsServerName = ServerUrls.RequireHostName(options.TlsServerName, What, FailureKind.InvalidRequest),
            SkipCertificateCheck = options.SkipCertificateCheck,
            ClientCertificate = certificate,
            Credential = ReadCredential(options),
            Impersonation = ImpersonationHeaders.From(options),
            Proxy = ServerUrls.ParseProxy(options.ProxyUrl, What, WithoutUser(options.ProxyUrl ?? text), FailureKind.InvalidRequest),
            Timeout = options.Timeout,
        });
    }

    // Without a scheme it does not look like a URL with a password, and is one all the same.
    private static string WithoutUser(string url) => url[(url.LastIndexOf('@') + 1)..];

    private static ICredential? ReadCredential(ConnectionOptions options)
    {
        if (options.TokenFile is { } file)
        {
            return new TokenFileCredential(file);
        }

        var token = options.Token is null ? string.Empty : TokenText.Trim(SecureStrings.Read(options.Token));
        return token.Length > 0 ? FixedCredential.Bearer(token, "-Token", options.Server) : null;
    }

    private static X509Certificate2Collection? ReadCertificate(ConnectionOptions options)
    {
        if (options.ClientCertificate is not { } path)
        {
            return null;
        }

        // Both often stand in one file.
        var keyPath = options.ClientKey ?? path;
        return ClientCertificates.Read(ReadFile(path), ReadFile(keyPath), $"'{path}'", path, FailureKind.InvalidRequest);
    }

    private static string ReadFile(string path)
    {
        try
        {
            return TextFile.Read(path);
        }
        catch (UnsuitableFileException failure)
        {
            throw new KubeApiException(FailureKind.FileNotFound, $"The file '{path}' cannot be read: {failure.Message}.", path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KubeApiException(FailureKind.FileNotFound, $"The file '{path}' is not there or cannot be read.", path);
        }
    }
}
