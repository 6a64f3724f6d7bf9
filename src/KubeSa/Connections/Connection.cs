using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>An open connection to a cluster. Tells where it goes and as whom, never a secret.</summary>
public sealed class Connection
{
    internal Connection(IKubeApi api) => Api = api;

    /// <summary>The URL of the API server.</summary>
    public string Server => Api.Info.Server;

    /// <summary>Where the server and the credentials came from.</summary>
    public ConnectionSource Source => Api.Info.Source;

    /// <summary>The context of the kubeconfig; null for other sources.</summary>
    public string? Context => ControlCharacters.ShowOnOneLine(Api.Info.Context);

    /// <summary>The namespace that cmdlets use where none is given.</summary>
    public string Namespace => Api.Info.Namespace;

    /// <summary>As whom, as far as it can be told without asking the server; Get-KubeIdentity asks it.</summary>
    public string? UserHint => ControlCharacters.ShowOnOneLine(Api.Info.UserHint);

    /// <summary>Where the authorities came from that may sign the server's certificate: a file, "kubeconfig data" or "system".</summary>
    public string? CertificateAuthority => Api.Info.CertificateAuthority;

    internal IKubeApi Api { get; }

    /// <summary>The cluster as prompts and errors name it: the context, where there is one, and the server.</summary>
    internal string Title => Context is null ? Server : $"{Context} ({Server})";

    /// <summary>Where it was found: the context of a file, the pod's mount, or parameters.</summary>
    internal string Origin => Source switch
    {
        ConnectionSource.KubeConfig => $"context '{Context}' of the kubeconfig '{Api.Info.KubeConfig}'",
        ConnectionSource.Pod => "the service account mounted into this pod",
        _ => "the parameters that it was opened with",
    };

    /// <summary>
    /// The connection an object came from; the module's type file calls it for the hidden property Connection of
    /// every object.
    /// </summary>
    public static object? Of(PSObject instance) => (instance?.BaseObject as KubeObject)?.Origin;

    /// <summary>The URL of the API server.</summary>
    public override string ToString() => Server;
}
