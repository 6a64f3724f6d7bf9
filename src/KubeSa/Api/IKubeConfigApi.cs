namespace KubeSa.Api;

/// <summary>Kubeconfig files for others, made from this connection.</summary>
public interface IKubeConfigApi
{
    /// <summary>
    /// A kubeconfig in YAML that leads to the same server, verified by the same authorities, as a service account. It
    /// asks nobody. The text holds the token, where there is one.
    /// </summary>
    string ComposeKubeConfig(KubeConfigSpec spec, Action<Notice> notify);
}
