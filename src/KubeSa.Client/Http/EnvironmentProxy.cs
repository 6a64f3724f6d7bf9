using System.Net;

namespace KubeSa.Client.Http;

/// <summary>
/// The proxy of the environment, with NO_PROXY as kubectl reads it: networks in CIDR notation (10.0.0.0/8) count,
/// which the framework's own reading of it leaves out.
/// </summary>
/// <param name="inner">The framework's reading; asked for at the first request, for it is final, and a script may set the variables up to then.</param>
/// <param name="environment">The variables.</param>
internal sealed class EnvironmentProxy(Func<IWebProxy> inner, Func<string, string?> environment) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => inner().Credentials;
        set => inner().Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => inner().GetProxy(destination);

    public bool IsBypassed(Uri host) =>
        inner().IsBypassed(host)
        || (IPAddress.TryParse(host.IdnHost, out var address) && Networks().Any(network => network.Contains(address)));

    private IEnumerable<IPNetwork> Networks()
    {
        var list = environment("NO_PROXY") ?? environment("no_proxy") ?? string.Empty;
        foreach (var entry in list.Split(',', StringSplitOptions.TrimEntries))
        {
            if (IPNetwork.TryParse(entry, out var network))
            {
                yield return network;
            }
        }
    }
}
