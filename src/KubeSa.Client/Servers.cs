using KubeSa.Api;

namespace KubeSa.Client;

/// <summary>URLs of API servers and proxies, as people write them.</summary>
internal static class Servers
{
    /// <summary>Reads a URL; without a scheme it is https.</summary>
    internal static Uri Parse(string text, string what, string target, FailureKind bad)
    {
        var url = text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}";
        return Uri.TryCreate(url, UriKind.Absolute, out var uri)
            && uri.Scheme is "https" or "http"
            && uri.UserInfo.Length == 0
            && uri.Query.Length == 0
            ? uri
            : throw new KubeApiException(bad, $"The server of {what} is no URL of an API server. It should look like https://host:6443.", target);
    }

    internal static Uri? ParseProxy(string? text, string what, string target, FailureKind bad) => text switch
    {
        null => null,
        _ when Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "socks4" or "socks4a" or "socks5" => uri,
        _ => throw new KubeApiException(bad, $"The proxy of {what} is no URL that begins with http://, https:// or socks5://.", target),
    };

    /// <summary>Refuses to send credentials where everybody on the way could read them.</summary>
    internal static Access RequirePrivacy(Access access) =>
        access.Server.Scheme == Uri.UriSchemeHttps || access.Server.IsLoopback || !access.HasCredentials
            ? access
            : throw new KubeApiException(
                FailureKind.InvalidRequest,
                $"{access.Server} is not encrypted, so the credentials would be there for everybody on the way to read. Use https, or a tunnel to this machine's own address (kubectl proxy, ssh -L).",
                access.Server.AbsoluteUri);
}
