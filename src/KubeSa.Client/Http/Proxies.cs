using System.Net;

namespace KubeSa.Client.Http;

/// <summary>Which proxy to go through, if any.</summary>
internal static class Proxies
{
    /// <summary>
    /// None inside a pod and on this machine, whatever the environment says: the address is the cluster's own. Else
    /// the one given, else the environment's.
    /// </summary>
    internal static void SetUp(SocketsHttpHandler handler, Access access)
    {
        if (access.Proxy is { } given)
        {
            handler.Proxy = Explicit(given);
        }
        else if (IsDirect(access))
        {
            handler.UseProxy = false;
        }
        else
        {
            handler.Proxy = OfEnvironment();
        }
    }

    /// <summary>The proxy that the connection goes through, without its credentials; null for none.</summary>
    internal static string? Of(Access access)
    {
        var proxy = access.Proxy ?? (IsDirect(access) || OfEnvironment() is not { } usual || usual.IsBypassed(access.Server) ? null : usual.GetProxy(access.Server));
        return proxy is null ? null : $"{proxy.Scheme}://{proxy.Authority}";
    }

    private static bool IsDirect(Access access) => access.Info.Source == ConnectionSource.Pod || access.Server.IsLoopback;

    private static EnvironmentProxy OfEnvironment() => new(() => HttpClient.DefaultProxy, Environment.GetEnvironmentVariable);

    private static WebProxy Explicit(Uri given)
    {
        var userInfo = given.UserInfo.Split(':', 2);
        var proxy = new WebProxy(new UriBuilder(given) { UserName = string.Empty, Password = string.Empty }.Uri);
        if (userInfo[0].Length > 0)
        {
            proxy.Credentials = new NetworkCredential(
                Uri.UnescapeDataString(userInfo[0]), userInfo.Length > 1 ? Uri.UnescapeDataString(userInfo[1]) : string.Empty);
        }

        return proxy;
    }
}
