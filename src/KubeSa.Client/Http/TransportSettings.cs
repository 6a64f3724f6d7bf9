using System.Net;
using System.Net.Security;
using KubeSa.Client.Config;
using KubeSa.Client.Config.KubeConfig;

namespace KubeSa.Client.Http;

/// <summary>How the framework's handler is set up for a connection, each setting for a reason that its class gives.</summary>
internal static class TransportSettings
{
    internal static void SetUp(SocketsHttpHandler handler, ClusterConfig config)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.AutomaticDecompression = config.DisableCompression ? DecompressionMethods.None : DecompressionMethods.GZip;
        ProxySelector.SetUp(handler, config);
        LoopbackOnly.SetUp(handler, config);
        MultiValueHeaderFilter.SetUp(handler);
        new ServerCertificateValidator(config).SetUp(handler.SslOptions);
        if (config.ClientCertificate is { Count: > 0 } certificates)
        {
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(
                certificates[0], [.. certificates.Skip(1)], offline: true);
        }
        else if (config.Credential is ExecPlugin plugin)
        {
            // A certificate that is renewed counts for new connections alone, so none may grow old.
            handler.PooledConnectionLifetime = ExecPlugin.LongestWithRenewedCertificates;
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => ((ICredential)plugin).Certificate!;
        }
    }
}
