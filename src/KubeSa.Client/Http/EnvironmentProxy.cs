using System.Net;
using KubeSa.Api;
using KubeSa.Client.Config;

namespace KubeSa.Client.Http;

/// <summary>
/// The proxies of the environment as kubectl reads them, which is as golang.org/x/net/http/httpproxy does: HTTPS_PROXY
/// or HTTP_PROXY by the server's scheme, but for the hosts that NO_PROXY names and for this machine; in upper case
/// before lower case; ALL_PROXY and the system's settings not at all. The framework's own reading differs in all of that.
/// </summary>
/// <param name="environment">The variables. They are read for each request, for a script may set them at any time.</param>
internal sealed class EnvironmentProxy(Func<string, string?> environment) : IWebProxy, ICredentials
{
    private static readonly string[] Names = ["HTTPS_PROXY", "HTTP_PROXY"];

    public ICredentials? Credentials
    {
        get => this;
        set => throw new NotSupportedException("The credentials are those of the variables.");
    }

    public Uri? GetProxy(Uri destination) => Find(destination) is { } proxy ? ProxyAddress.Bare(proxy) : null;

    public bool IsBypassed(Uri host) => Find(host) is null;

    public NetworkCredential? GetCredential(Uri uri, string authType) =>
        Names.Select(name => ProxyAddress.Parse(Variable(name).Value))
            .Where(proxy => proxy is not null && ProxyAddress.Bare(proxy).Authority == uri.Authority)
            .Select(proxy => ProxyAddress.Credentials(proxy!))
            .FirstOrDefault();

    /// <summary>Refuses a value that no client could follow, for to go past the proxy may be just what must not be.</summary>
    internal void RequireUsable(Uri server)
    {
        var (name, value) = For(server);
        if (value is not null && NotFor(server) is null && (ProxyAddress.Parse(value) is not { } proxy || !ProxyAddress.IsKnown(proxy)))
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest,
                $"The value of {name} is not a proxy that can be used: it should look like http://host:3128, https://host:3128 or socks5://host:1080.",
                name);
        }
    }

    /// <summary>What is done with the variables that are set, and why; null where none is.</summary>
    internal string? Explain(Uri server)
    {
        var (name, value) = For(server);
        if (value is not null)
        {
            return NotFor(server) is { } why ? $"{name} is set and not used: {why}."
                : GetProxy(server) is { } proxy ? $"The way to {server.Authority} goes through the proxy {proxy.Scheme}://{proxy.Authority} ({name})."
                : null;
        }

        var (other, purpose) = server.Scheme == Uri.UriSchemeHttps ? ("HTTP_PROXY", "http://") : ("HTTPS_PROXY", "https://");
        return Variable(other) is { Value: not null } set ? $"{set.Name} is set and not used: it is for servers whose URL begins with {purpose}."
            : Variable("ALL_PROXY") is { Value: not null } all ? $"{all.Name} is set and not used, for kubectl does not read it either. Set {name} for a proxy."
            : null;
    }

    /// <summary>HTTPS_PROXY, by the name that is set.</summary>
    internal (string Name, string? Value) ForHttps => Variable("HTTPS_PROXY");

    /// <summary>The variable for the server's scheme, by the name that is set.</summary>
    internal (string Name, string? Value) For(Uri server) => server.Scheme == Uri.UriSchemeHttps ? ForHttps : Variable("HTTP_PROXY");

    /// <summary>NO_PROXY, by the name that is set.</summary>
    internal (string Name, string? Value) Exceptions => Variable("NO_PROXY");

    private Uri? Find(Uri server) =>
        ProxyAddress.Parse(For(server).Value) is { } proxy && ProxyAddress.IsKnown(proxy) && NotFor(server) is null ? proxy : null;

    private string? NotFor(Uri server)
    {
        if (ServerUrls.IsThisMachine(server))
        {
            return $"{server.Host} is this machine";
        }

        var (name, list) = Exceptions;
        return NoProxyRules.Parse(list).Find(server.IdnHost, server.Port) is { } entry ? $"{name} holds '{entry}'" : null;
    }

    private (string Name, string? Value) Variable(string name)
    {
        foreach (var spelling in (string[])[name, name.ToLowerInvariant()])
        {
            if (environment(spelling) is { Length: > 0 } value)
            {
                return (spelling, value);
            }
        }

        return (name, null);
    }
}
