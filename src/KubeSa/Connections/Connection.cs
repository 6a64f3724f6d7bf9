using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>An open connection to a cluster. Tells where it goes and as whom, never a secret.</summary>
public sealed class Connection
{
    private readonly IKubeApi _api;
    private string? _ended;

    internal Connection(IKubeApi api) => _api = api;

    /// <summary>The URL of the API server.</summary>
    public string Server => _api.Info.Server;

    /// <summary>Where the server and the credentials came from.</summary>
    public ConnectionSource Source => _api.Info.Source;

    /// <summary>The context of the kubeconfig; null for other sources.</summary>
    public string? Context => ControlCharacters.ShowOnOneLine(_api.Info.Context);

    /// <summary>The namespace that cmdlets use where none is given.</summary>
    public string Namespace => _api.Info.Namespace;

    /// <summary>As whom, as far as it can be told without asking the server; Get-KubeIdentity asks it.</summary>
    public string? UserHint => ControlCharacters.ShowOnOneLine(_api.Info.UserHint);

    /// <summary>Where the authorities came from that may sign the server's certificate: a file, "kubeconfig data" or "system".</summary>
    public string? CertificateAuthority => _api.Info.CertificateAuthority;

    internal IKubeApi Api => _ended is null ? _api : throw new KubeApiException(FailureKind.Unauthorized, _ended, Server);

    /// <summary>The cluster as prompts and errors name it: the context, where there is one, and the server.</summary>
    internal string Title => Context is null ? Server : $"{Context} ({Server})";

    /// <summary>Where it was found: the context of a file, the pod's mount, or parameters.</summary>
    internal string Origin => Source switch
    {
        ConnectionSource.KubeConfig => $"context '{Context}' of the kubeconfig '{_api.Info.KubeConfig}'",
        ConnectionSource.Pod => "the service account mounted into this pod",
        _ => "the parameters that it was opened with",
    };

    /// <summary>
    /// Lets all that is asked through this connection from now on fail with a reason, and nothing be sent: its credentials are
    /// gone, and objects that came from it may still be there.
    /// </summary>
    internal void End(string reason) => _ended = reason;

    /// <summary>
    /// The connection an object came from; the module's type file calls it for the hidden property Connection of
    /// every object.
    /// </summary>
    public static object? Of(PSObject instance) => (instance?.BaseObject as KubeObject)?.Origin;

    /// <summary>The URL of the API server.</summary>
    public override string ToString() => Server;
}
