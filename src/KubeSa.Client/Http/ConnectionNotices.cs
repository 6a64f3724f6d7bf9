using KubeSa.Api;
using KubeSa.Client.Config;

namespace KubeSa.Client.Http;

/// <summary>What is worth telling of a connection, each once, when it is first used.</summary>
internal sealed class ConnectionNotices(ClusterConfig config)
{
    private int _told;

    internal void Tell(CallContext call)
    {
        if (Interlocked.Exchange(ref _told, 1) != 0)
        {
            return;
        }

        if (ProxySelector.Explain(config, Environment.GetEnvironmentVariable) is { } proxies)
        {
            call.Notify(new VerboseNotice(proxies));
        }

        // Not to those who asked for it just now by a parameter.
        if (config is { SkipCertificateCheck: true, Info.Source: ConnectionSource.KubeConfig })
        {
            call.Notify(new WarningNotice(
                $"The kubeconfig says not to verify {config.Server} (insecure-skip-tls-verify): whoever is in between can read the credentials."));
        }

        if (config.CaBundle is { Damaged: > 0 and var damaged })
        {
            call.Notify(new WarningNotice(
                $"{damaged} of the CA certificates in '{config.Info.CertificateAuthority}' cannot be read and {(damaged == 1 ? "does" : "do")} not count. Replace the file: {config.Server} is verified by the others alone."));
        }
    }
}
