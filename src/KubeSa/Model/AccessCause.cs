namespace KubeSa;

/// <summary>
/// Why access with a service account fails. The numbers are exit codes of scripts (<c>exit [int]$report.Cause</c>): new
/// causes come at the end.
/// </summary>
public enum AccessCause : long
{
    /// <summary>It does not fail.</summary>
    None,

    /// <summary>This is no pod: neither the environment nor the mount is there.</summary>
    NotInCluster,

    /// <summary>KUBERNETES_SERVICE_HOST or KUBERNETES_SERVICE_PORT is missing or malformed.</summary>
    EnvironmentInvalid,

    /// <summary>The folder of the mount does not exist, or may not be read.</summary>
    MountMissing,

    /// <summary>The mount has no token file, or it may not be read.</summary>
    TokenFileMissing,

    /// <summary>The token file is empty.</summary>
    TokenEmpty,

    /// <summary>The token file holds something that is not a JWT.</summary>
    TokenMalformed,

    /// <summary>The token's time is over.</summary>
    TokenExpired,

    /// <summary>The token's time has not come.</summary>
    TokenNotYetValid,

    /// <summary>The token is for somebody else than the API server.</summary>
    TokenAudienceMismatch,

    /// <summary>The mount's namespace file and the token name different namespaces.</summary>
    NamespaceMismatch,

    /// <summary>The mount has no ca.crt, or it may not be read.</summary>
    CaFileMissing,

    /// <summary>ca.crt holds no certificate.</summary>
    CaMalformed,

    /// <summary>Every certificate of ca.crt has expired.</summary>
    CaExpired,

    /// <summary>The name of the API server does not resolve.</summary>
    HostNotFound,

    /// <summary>Nothing listens at the API server's address.</summary>
    ConnectionRefused,

    /// <summary>The API server's address does not answer in time: not to the connection, or not to what is asked over it.</summary>
    ConnectionTimedOut,

    /// <summary>The connection is closed as soon as it is used.</summary>
    ConnectionReset,

    /// <summary>The server's certificate is not signed by the CA of the mount.</summary>
    TlsUntrusted,

    /// <summary>The server's certificate is for another name.</summary>
    TlsNameMismatch,

    /// <summary>The server's certificate has expired or is not valid yet.</summary>
    TlsExpired,

    /// <summary>The server answers, but is not ready.</summary>
    ServerUnavailable,

    /// <summary>What answers is not a Kubernetes API server.</summary>
    NotKubernetes,

    /// <summary>The server refuses the token and does not send a reason.</summary>
    TokenRejected,

    /// <summary>The key that signed the token is not one the server uses.</summary>
    SignatureKeyUnknown,

    /// <summary>The token's issuer is not one the server accepts.</summary>
    IssuerUnknown,

    /// <summary>The account is gone, or was recreated with another uid.</summary>
    ServiceAccountDeleted,

    /// <summary>The pod or node that the token is bound to is gone.</summary>
    BoundObjectDeleted,

    /// <summary>The Secret that the token is stored in or bound to is gone.</summary>
    SecretDeleted,

    /// <summary>The account lacks the right to do what was asked.</summary>
    Forbidden,

    /// <summary>The server refuses for now because it has too many requests.</summary>
    Throttled,

    /// <summary>It fails in a way that has no name here; the details say what was seen.</summary>
    Unknown,
}
