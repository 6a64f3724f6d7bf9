using KubeSa.Api;
using KubeSa.Client.KubeConfig;

namespace KubeSa.Client;

internal sealed partial class KubeApi
{
    public string ComposeKubeConfig(KubeConfigSpec spec) => KubeConfigText.Compose(spec, _access);
}
