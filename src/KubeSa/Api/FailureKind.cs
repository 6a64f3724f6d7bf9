namespace KubeSa.Api;

/// <summary>
/// What can go wrong, by the names that PowerShell users see: each is the beginning of a FullyQualifiedErrorId and
/// a contract with their scripts.
/// </summary>
public enum FailureKind
{
    /// <summary>The account is not there.</summary>
    ServiceAccountNotFound,

    /// <summary>The Secret is not there.</summary>
    SecretNotFound,

    /// <summary>The namespace is not there.</summary>
    NamespaceNotFound,

    /// <summary>The Deployment or other workload is not there.</summary>
    WorkloadNotFound,

    /// <summary>The kubeconfig has no such context.</summary>
    ContextNotFound,

    /// <summary>Something else that was named is not there.</summary>
    NotFound,

    /// <summary>An account of that name exists already.</summary>
    ServiceAccountAlreadyExists,

    /// <summary>A Secret of that name exists already.</summary>
    SecretAlreadyExists,

    /// <summary>Somebody else changed the object meanwhile.</summary>
    Conflict,

    /// <summary>The caller is known and may not do it.</summary>
    Forbidden,

    /// <summary>The server refuses the credentials.</summary>
    Unauthorized,

    /// <summary>A name that Kubernetes does not allow.</summary>
    InvalidName,

    /// <summary>A request the server cannot accept.</summary>
    InvalidRequest,

    /// <summary>Text that is no service-account token.</summary>
    InvalidToken,

    /// <summary>Text that is not a Secret, or whose data cannot be decoded.</summary>
    InvalidSecret,

    /// <summary>A Secret of another type than kubernetes.io/service-account-token.</summary>
    SecretNotTokenType,

    /// <summary>Text that is not evidence of a check.</summary>
    InvalidEvidence,

    /// <summary>A file that is no access snapshot, or a damaged one.</summary>
    InvalidSnapshot,

    /// <summary>What is not an audit log of Kubernetes, or not a saved aggregate of one.</summary>
    InvalidAuditLog,

    /// <summary>A kubeconfig that cannot be read.</summary>
    KubeConfigInvalid,

    /// <summary>The server asks to slow down.</summary>
    TooManyRequests,

    /// <summary>No connection was given and none could be found.</summary>
    ConnectionNotConfigured,

    /// <summary>A connection was given in two ways at once: as an object, and by a context or a kubeconfig.</summary>
    AmbiguousConnection,

    /// <summary>An object came from another cluster than the one that is about to be changed.</summary>
    ConnectionMismatch,

    /// <summary>Nothing listens at the address.</summary>
    ConnectionRefused,

    /// <summary>The host name does not resolve.</summary>
    HostNotFound,

    /// <summary>The connection broke.</summary>
    ConnectionReset,

    /// <summary>No answer within the time allowed.</summary>
    TimedOut,

    /// <summary>The server's certificate is not signed by a trusted authority.</summary>
    TlsUntrusted,

    /// <summary>The server's certificate is for another name.</summary>
    TlsNameMismatch,

    /// <summary>The server's certificate has expired or is not valid yet.</summary>
    TlsExpired,

    /// <summary>The kubeconfig's credential plugin failed.</summary>
    ExecPluginFailed,

    /// <summary>What answers does not speak Kubernetes.</summary>
    ProtocolError,

    /// <summary>The server failed.</summary>
    ServerError,

    /// <summary>A file that was named is not there or cannot be read.</summary>
    FileNotFound,

    /// <summary>A file that was named exists already.</summary>
    FileAlreadyExists,

    /// <summary>The cluster's admission does not let a pod in.</summary>
    AdmissionRefused,

    /// <summary>The namespace's quota is used up.</summary>
    QuotaExceeded,

    /// <summary>A pod's image cannot be pulled.</summary>
    ImagePullFailed,

    /// <summary>No node takes a pod.</summary>
    PodUnschedulable,

    /// <summary>A pod cannot run, or ended without doing its work.</summary>
    PodFailed,

    /// <summary>The sandbox could not be started.</summary>
    SandboxFailed,

    /// <summary>An exception that nobody expected: a fault of the module. -Debug shows its type and where it came from.</summary>
    InternalError,
}
