using KubeSa.Api;

namespace KubeSa.Client.Config;

/// <summary>URLs of API servers and proxies, as people write them.</summary>
internal static class ServerUrls
{
    /// <summary>Reads a URL; without a scheme it is https.</summary>
    internal static Uri Parse(string text, string what, string target, FailureKind bad)
    {
        var url = text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}";
        RequireOwnName(url);
        return Uri.TryCreate(url, UriKind.Absolute, out var uri)
            && uri.Scheme is "https" or "http"
            && uri.UserInfo.Length == 0
            && uri.Query.Length == 0
            ? uri
            : throw new KubeApiException(bad, $"The server of {what} is not a URL of an API server. It should look like https://host:6443.", target);
    }

    /// <summary>The framework takes the name loopback for localhost, without asking anybody. Other programs ask, and may end up elsewhere.</summary>
    private static void RequireOwnName(string url)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var uri)
            && uri.IdnHost.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            && !url.Contains("localhost", StringComparison.OrdinalIgnoreCase))
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest,
                $"The host of {url} is not this machine, whatever it is called, and .NET would not ask for its address. Use localhost or 127.0.0.1 for this machine, or the whole name of the host.",
                url);
        }
    }

    /// <summary>Reads the URL of a proxy; null for none.</summary>
    internal static Uri? ParseProxy(string? text, string what, string target, FailureKind bad) => text switch
    {
        null => null,
        _ when Uri.TryCreate(text, UriKind.Absolute, out var uri) && ProxyAddress.IsKnown(uri) => uri,
        _ => throw new KubeApiException(bad, $"The proxy of {what} is not a URL that begins with http://, https:// or socks5://.", target),
    };

    /// <summary>Whether it is this machine, by the one name and the addresses that stand for it alone; other names may lead anywhere.</summary>
    internal static bool IsThisMachine(Uri server) => NoProxyRules.IsThisMachine(server);

    /// <summary>The name that a certificate must bear; null for the URL's. It goes into a header, too, and so must be nothing but a name.</summary>
    internal static string? RequireHostName(string? name, string what, FailureKind bad) =>
        name is null || Uri.CheckHostName(name) != UriHostNameType.Unknown
            ? name
            : throw new KubeApiException(bad, $"The name for the server's certificate in {what} is not a host name (-TlsServerName, tls-server-name).", what);

    /// <summary>Refuses to send credentials where everybody on the way could read them.</summary>
    internal static ClusterConfig RequirePrivacy(ClusterConfig config)
    {
        if (!IsReadable(config))
        {
            return config;
        }

        throw IsThisMachine(config.Server)
            ? Unsafe(config, $"{config.Server} is not encrypted, so the proxy could read the credentials. Take the proxy away, for the server is on this machine, or use https.")
            : Unsafe(config, $"{config.Server} is not encrypted, so the credentials would be there for everybody on the way to read. Use https, or a tunnel to this machine's own address (kubectl proxy, ssh -L).");
    }

    /// <summary>
    /// Refuses CA certificates beside the wish not to verify by them: whoever gave them thinks that they count. kubectl
    /// refuses the two, too.
    /// </summary>
    internal static void RequireOneTrust(bool skipsCheck, bool hasAuthorities, string what, string target, FailureKind bad)
    {
        if (skipsCheck && hasAuthorities)
        {
            throw new KubeApiException(
                bad,
                $"CA certificates, and the wish not to verify the server by them, exclude each other in {what}. Take one of the two away: the CA certificates, or what turns the check off (-SkipCertificateCheck, insecure-skip-tls-verify).",
                target);
        }
    }

    private static bool IsReadable(ClusterConfig config) =>
        config.Server.Scheme == Uri.UriSchemeHttp && config.HasCredentials && (!IsThisMachine(config.Server) || config.Proxy is not null);

    private static KubeApiException Unsafe(ClusterConfig config, string why) => new(FailureKind.InvalidRequest, why, config.Server.AbsoluteUri);
}
