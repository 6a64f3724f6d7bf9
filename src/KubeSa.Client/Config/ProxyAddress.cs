using System.Net;
using KubeSa.Secrecy;

namespace KubeSa.Client.Config;

/// <summary>The address of a proxy: read as Go reads it, and taken apart into what may be shown and what may not.</summary>
internal static class ProxyAddress
{
    private const string WithNamesToProxy = "socks5h";

    private static readonly string[] Schemes = ["http", "https", "socks4", "socks4a", "socks5", WithNamesToProxy];

    internal static bool IsKnown(Uri proxy) => Schemes.Contains(proxy.Scheme);

    /// <summary>The value of a variable such as HTTPS_PROXY, where <c>proxy:3128</c> is http; null where it is no address.</summary>
    internal static Uri? Parse(string? text) => text switch
    {
        null or "" => null,
        _ when Uri.TryCreate(text, UriKind.Absolute, out var whole) && whole.Host.Length > 0 => whole,
        _ => Uri.TryCreate($"http://{text}", UriKind.Absolute, out var completed) ? completed : null,
    };

    /// <summary>
    /// Without credentials, by a scheme that the framework knows: its socks5 has the proxy resolve names, which is what
    /// others call socks5h.
    /// </summary>
    internal static Uri Bare(Uri proxy) => new UriBuilder(proxy)
    {
        UserName = string.Empty,
        Password = string.Empty,
        Scheme = proxy.Scheme == WithNamesToProxy ? "socks5" : proxy.Scheme,
        Port = proxy.Port,
    }.Uri;

    /// <summary>Its credentials; null for none.</summary>
    internal static NetworkCredential? Credentials(Uri proxy)
    {
        if (proxy.UserInfo.Split(':', 2) is not [{ Length: > 0 } user, .. var rest])
        {
            return null;
        }

        var password = Uri.UnescapeDataString(string.Concat(rest));
        CredentialsInUse.Add(password);
        return new NetworkCredential(Uri.UnescapeDataString(user), password);
    }
}
