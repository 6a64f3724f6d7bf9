using KubeSa.Api;
using KubeSa.Client.Config.KubeConfig;

namespace KubeSa.Client;

internal sealed partial class KubeApi
{
    public string ComposeKubeConfig(KubeConfigSpec spec, Action<Notice> notify)
    {
        if (_config.Proxy is { UserInfo.Length: > 0 } proxy && !spec.IncludeProxyCredential)
        {
            notify(new WarningNotice(
                $"The kubeconfig of {spec.Namespace}/{spec.ServiceAccount} names the proxy {proxy.Host}, but not your user and password for it. Whoever uses the file needs their own; -IncludeProxyCredential writes yours into it."));
        }

        return KubeConfigWriter.Compose(spec, _config);
    }
}
