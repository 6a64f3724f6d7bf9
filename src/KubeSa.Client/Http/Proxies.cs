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
        else if (access.Info.Source == ConnectionSource.Pod || access.Server.IsLoopback)
        {
            handler.UseProxy = false;
        }
        else
        {
            handler.Proxy = new EnvironmentProxy(HttpClient.DefaultProxy, Environment.GetEnvironmentVariable);
        }
    }

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
