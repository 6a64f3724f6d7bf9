using System.Management.Automation;
using System.Security;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Connections;
using KubeSa.Secrecy;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that opens a connection: from a kubeconfig, from the pod's mount, or from what is given. Sends nothing yet.</summary>
public abstract class ConnectionCmdlet : KubeCmdlet
{
    private protected const string KubeConfigSet = "KubeConfig";
    private const string PodSet = "Pod";
    private const string ExplicitSet = "Explicit";

    private protected ConnectionCmdlet()
    {
    }

    /// <summary>The context of the kubeconfig; its current one where this is left out. Get-KubeContext lists them.</summary>
    [Parameter(ParameterSetName = KubeConfigSet, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string? Context { get; set; }

    /// <summary>
    /// The kubeconfig file, instead of those that $KUBECONFIG lists or ~/.kube/config. KubeConfigInvalid where it cannot
    /// be read.
    /// </summary>
    [Parameter(ParameterSetName = KubeConfigSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? KubeConfig { get; set; }

    /// <summary>
    /// Use the service account mounted into this pod, and the API server that KUBERNETES_SERVICE_HOST and
    /// KUBERNETES_SERVICE_PORT name.
    /// </summary>
    [Parameter(ParameterSetName = PodSet, Mandatory = true)]
    public SwitchParameter InCluster { get; set; }

    /// <summary>
    /// The folder with the files token, ca.crt and namespace, where it is not
    /// /var/run/secrets/kubernetes.io/serviceaccount.
    /// </summary>
    [Parameter(ParameterSetName = PodSet)]
    [ValidateNotNullOrEmpty]
    public string? MountPath { get; set; }

    /// <summary>The URL of the API server, such as <c>https://10.0.0.1:6443</c>. Credentials go over https or to this machine alone.</summary>
    [Parameter(ParameterSetName = ExplicitSet, Mandatory = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public Uri? Server { get; set; }

    /// <summary>The bearer token, as New-KubeServiceAccountToken and Read-Host -AsSecureString give it.</summary>
    [Parameter(ParameterSetName = ExplicitSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public SecureString? Token { get; set; }

    /// <summary>A file with the bearer token, read again when it changes, after a minute, and when the server refuses it.</summary>
    [Parameter(ParameterSetName = ExplicitSet)]
    [ValidateNotNullOrEmpty]
    public string? TokenFile { get; set; }

    /// <summary>A PEM file with the client certificate.</summary>
    [Parameter(ParameterSetName = ExplicitSet)]
    [ValidateNotNullOrEmpty]
    public string? ClientCertificate { get; set; }

    /// <summary>A PEM file with the key of the client certificate; left out where it stands in the same file.</summary>
    [Parameter(ParameterSetName = ExplicitSet)]
    [ValidateNotNullOrEmpty]
    public string? ClientKey { get; set; }

    /// <summary>A PEM file with the authorities that may sign the server's certificate; the system's where it is left out.</summary>
    [Parameter(ParameterSetName = ExplicitSet)]
    [ValidateNotNullOrEmpty]
    public string? CertificateAuthority { get; set; }

    /// <summary>Accept any server certificate. Whoever is in between can read the token.</summary>
    [Parameter(ParameterSetName = ExplicitSet)]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>The name the server's certificate must bear, where it is not the host of the URL.</summary>
    [Parameter(ParameterSetName = ExplicitSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? TlsServerName { get; set; }

    /// <summary>The proxy to go through: http, https or socks5.</summary>
    [Parameter(ParameterSetName = ExplicitSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public Uri? ProxyUrl { get; set; }

    /// <summary>The namespace that cmdlets use where none is given.</summary>
    [Parameter]
    [Alias("ns", "n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    /// <summary>The user to impersonate in every call. The connection's own user needs the right to impersonate it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserCompleter))]
    public string? As { get; set; }

    /// <summary>The groups to impersonate in every call; needs -As.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string[]? AsGroup { get; set; }

    /// <summary>How long a single call may take, its retries included, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int TimeoutSeconds { get; set; } = 30;

    private protected sealed override void Process()
    {
        if (Namespace is not null)
        {
            KubeName.RequireNamespace(Namespace);
        }

        var options = Options() with
        {
            Namespace = Namespace,
            As = As,
            AsGroups = ConnectionOptions.JoinGroups(AsGroup),
            Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
            WorkingDirectory = RunspaceLocation.Here,
        };
        var connection = OpenConnection(() => RunspaceConnections.Open(options));
        WriteVerbose(PastedCredential.HideInPath($"Opened {connection.Title} from {connection.Origin}, as {connection.UserHint ?? "nobody"}. Nothing is sent before the first command that needs the server."));
        Process(connection);
    }

    /// <summary>What is done with the connection.</summary>
    private protected abstract void Process(Connection connection);

    private ConnectionOptions Options() => ParameterSetName switch
    {
        PodSet => new ConnectionOptions { Source = ConnectionSource.Pod, MountPath = Resolve(MountPath) },
        ExplicitSet => new ConnectionOptions
        {
            Source = ConnectionSource.Explicit,
            Server = Server!.OriginalString,
            Token = Token,
            TokenFile = Resolve(TokenFile),
            ClientCertificate = Resolve(ClientCertificate),
            ClientKey = Resolve(ClientKey),
            CertificateAuthority = Resolve(CertificateAuthority),
            SkipCertificateCheck = SkipCertificateCheck,
            TlsServerName = TlsServerName,
            ProxyUrl = ProxyUrl?.OriginalString,
        },
        _ => new ConnectionOptions
        {
            // With nothing said, what the environment offers is taken: a kubeconfig or else the pod's mount.
            Source = Context is null && KubeConfig is null ? null : ConnectionSource.KubeConfig,
            Context = Context,
            KubeConfig = Resolve(KubeConfig),
        },
    };

    private string? Resolve(string? path) => path is null ? null : ResolvePath(path);
}
