using System.Net;
using KubeSa.Client.Config;

namespace KubeSa.Client.Http;

/// <summary>Which proxy to go through, if any.</summary>
internal static class ProxySelector
{
    /// <summary>
    /// None inside a pod and on this machine, whatever the environment says: the address is the cluster's own. Else
    /// the one given, else the environment's.
    /// </summary>
    internal static void SetUp(SocketsHttpHandler handler, ClusterConfig config)
    {
        if (config.Proxy is { } given)
        {
            handler.Proxy = new WebProxy(ProxyAddress.Bare(given)) { Credentials = ProxyAddress.Credentials(given) };
        }
        else if (IsDirect(config))
        {
            handler.UseProxy = false;
        }
        else
        {
            var usual = new EnvironmentProxy(Environment.GetEnvironmentVariable);
            usual.RequireUsable(config.Server);
            handler.Proxy = usual;
        }
    }

    /// <summary>The proxy that the connection goes through, without its credentials; null for none.</summary>
    internal static string? Of(ClusterConfig config)
    {
        var proxy = config.Proxy ?? (IsDirect(config) ? null : new EnvironmentProxy(Environment.GetEnvironmentVariable).GetProxy(config.Server));
        return proxy is null ? null : $"{proxy.Scheme}://{proxy.Authority}";
    }

    /// <summary>What is done with the proxies that the environment names, and why; null where it names none.</summary>
    internal static string? Explain(ClusterConfig config, Func<string, string?> environment)
    {
        var usual = new EnvironmentProxy(environment);
        var (name, value) = usual.For(config.Server);
        return config switch
        {
            _ when value is null => usual.Explain(config.Server),
            { Proxy: not null } => $"{name} is set and not used: the connection has a proxy of its own, {Of(config)}.",
            { Info.Source: ConnectionSource.Pod } => $"{name} is set and not used: inside a pod the way to the API server is the cluster's own.",
            _ => usual.Explain(config.Server),
        };
    }

    private static bool IsDirect(ClusterConfig config) => config.Info.Source == ConnectionSource.Pod || ServerUrls.IsThisMachine(config.Server);
}
