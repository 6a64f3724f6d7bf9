namespace KubeSa;

/// <summary>What the environment says about the API server.</summary>
public sealed record EnvironmentEvidence
{
    /// <summary>Where the two values came from.</summary>
    public EndpointSource Source { get; init; }

    /// <summary>KUBERNETES_SERVICE_HOST as it was found; null where it is not set.</summary>
    public string? ServiceHost { get; init; }

    /// <summary>KUBERNETES_SERVICE_PORT as it was found; null where it is not set.</summary>
    public string? ServicePort { get; init; }

    /// <summary>The URL that was tried; null where the values make none.</summary>
    public string? ApiServer { get; init; }

    /// <summary>HOSTNAME, which in a pod is the pod's name; null outside a pod.</summary>
    public string? HostName { get; init; }

    /// <summary>The proxy that other programs here would go through; null where the environment names none.</summary>
    public ProxyEvidence? Proxy { get; init; }

    /// <summary>The time it took.</summary>
    public TimeSpan Elapsed { get; init; }
}

/// <summary>Where the address of the API server came from.</summary>
public enum EndpointSource : long
{
    /// <summary>From nowhere: it was not found.</summary>
    None,

    /// <summary>From the environment variables that the kubelet sets.</summary>
    Environment,

    /// <summary>From the file <c>kubernetes.env</c> in the mount, which stands for the environment outside a pod.</summary>
    MountFile,

    /// <summary>The caller gave it.</summary>
    Question,
}

/// <summary>The proxy that the environment names for https. This check does not use it; other programs beside it do.</summary>
public sealed record ProxyEvidence
{
    /// <summary>The variable that names it: HTTPS_PROXY or https_proxy.</summary>
    public required string Variable { get; init; }

    /// <summary>The proxy without its credentials; null where the value is no address.</summary>
    public string? Value { get; init; }

    /// <summary>The variable that names the hosts to be reached without it: NO_PROXY or no_proxy; null where neither is set.</summary>
    public string? NoProxyVariable { get; init; }

    /// <summary>The value of that variable; null where it is not set.</summary>
    public string? NoProxy { get; init; }
}

/// <summary>The folder with the service account.</summary>
public sealed record MountEvidence
{
    /// <summary>The path of the folder.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the folder is there.</summary>
    public bool Exists { get; init; }

    /// <summary>Why it cannot be read; null where it can, or is not there.</summary>
    public string? Problem { get; init; }

    /// <summary>
    /// What the account itself says of mounting its token (automountServiceAccountToken); null where it does not say, or was not
    /// looked at.
    /// </summary>
    public bool? AccountAutomount { get; init; }

    /// <summary>The time it took to look.</summary>
    public TimeSpan Elapsed { get; init; }
}

/// <summary>A file of the mount; never its content.</summary>
public sealed record FileEvidence
{
    /// <summary>The path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>Whether it is there.</summary>
    public bool Exists { get; init; }

    /// <summary>Why it cannot be read; null where it can, or is not there.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether there is nothing in it but blanks.</summary>
    public bool Empty { get; init; }

    /// <summary>What it points to, where it is a link to something that is not there; null otherwise.</summary>
    public string? BrokenLink { get; init; }
}

/// <summary>The namespace file of the mount.</summary>
public sealed record NamespaceEvidence
{
    /// <summary>The file.</summary>
    public required FileEvidence File { get; init; }

    /// <summary>The namespace in it, without blanks around it; null where there is none.</summary>
    public string? Value { get; init; }
}

/// <summary>The token file of the mount; never the token.</summary>
public sealed record TokenEvidence
{
    /// <summary>The file.</summary>
    public required FileEvidence File { get; init; }

    /// <summary>What the token says of itself; null where it is none.</summary>
    public TokenInfo? Info { get; init; }

    /// <summary>How long its signature is, in bytes; null where it is no token. A token that was cut short has less than its algorithm makes.</summary>
    public int? SignatureBytes { get; init; }

    /// <summary>Whether the word Bearer stands before the token, which other programs then send twice.</summary>
    public bool HasScheme { get; init; }

    /// <summary>Why its content is no token; null where it is one.</summary>
    public string? Problem { get; init; }

    /// <summary>The time it took to read.</summary>
    public TimeSpan Elapsed { get; init; }
}

/// <summary>The CA file of the mount.</summary>
public sealed record CertificateAuthorityEvidence
{
    /// <summary>The file.</summary>
    public required FileEvidence File { get; init; }

    /// <summary>The certificates in it.</summary>
    public IReadOnlyList<CertificateEvidence> Certificates { get; init; } = [];

    /// <summary>How many blocks called CERTIFICATE cannot be read.</summary>
    public int Broken { get; init; }

    /// <summary>The time it took to read.</summary>
    public TimeSpan Elapsed { get; init; }
}

/// <summary>What a certificate says (RFC 5280).</summary>
public sealed record CertificateEvidence
{
    /// <summary>Whose it is.</summary>
    public required string Subject { get; init; }

    /// <summary>Who signed it.</summary>
    public required string Issuer { get; init; }

    /// <summary>The host names and addresses it is good for.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>From when on it is good.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>Until when it is good.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>The SHA-256 of the certificate, in hexadecimal digits.</summary>
    public required string Thumbprint { get; init; }
}
