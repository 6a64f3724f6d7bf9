namespace KubeSa;

/// <summary>The checks of in-cluster access, in the order of dependency.</summary>
public enum AccessCheckName : long
{
    /// <summary>KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are set and well formed.</summary>
    Environment,

    /// <summary>The folder with the service account is there.</summary>
    Mount,

    /// <summary>The token file holds a token that is good by its own claims.</summary>
    Token,

    /// <summary>The CA file holds certificates that are good by their own dates.</summary>
    CertificateAuthority,

    /// <summary>The API server's address resolves and accepts connections.</summary>
    Network,

    /// <summary>The server's certificate is signed by the CA and names the address.</summary>
    Tls,

    /// <summary>What answers is a Kubernetes API server, and ready.</summary>
    Server,

    /// <summary>The server accepts the token.</summary>
    Authentication,

    /// <summary>The account may do what was asked.</summary>
    Authorization,

    /// <summary>The request itself succeeds.</summary>
    Access,
}
