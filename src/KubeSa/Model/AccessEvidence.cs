namespace KubeSa;

/// <summary>
/// What was seen on a service account's way to its server: plain data without judgement and without secrets, that
/// can be written to JSON and judged elsewhere. What is null was not looked at, because something it needs was not
/// there.
/// </summary>
public sealed record AccessEvidence
{
    /// <summary>What was tried.</summary>
    public required AccessQuestion Question { get; init; }

    /// <summary>
    /// Whether the server has the resource; null where that was not looked up. Where it has it, the question names it with its group.
    /// </summary>
    public bool? ResourceKnown { get; init; }

    /// <summary>When it was tried, by the clock of the machine that tried it.</summary>
    public required DateTimeOffset Clock { get; init; }

    /// <summary>Where the API server is said to be.</summary>
    public EnvironmentEvidence Environment { get; init; } = new();

    /// <summary>The folder with the service account.</summary>
    public required MountEvidence Mount { get; init; }

    /// <summary>The token file in it.</summary>
    public required TokenEvidence Token { get; init; }

    /// <summary>The namespace file in it.</summary>
    public required NamespaceEvidence Namespace { get; init; }

    /// <summary>The CA file in it.</summary>
    public required CertificateAuthorityEvidence CertificateAuthority { get; init; }

    /// <summary>The way to the server's address.</summary>
    public NetworkEvidence? Network { get; init; }

    /// <summary>The TLS handshake.</summary>
    public TlsEvidence? Tls { get; init; }

    /// <summary>What answers to a request for its version.</summary>
    public ServerEvidence? Server { get; init; }

    /// <summary>What the server says of the account's rights, where the request itself did not tell.</summary>
    public AuthorizationEvidence? Authorization { get; init; }

    /// <summary>The request itself, where it is a list.</summary>
    public RequestEvidence? Request { get; init; }

    /// <summary>The keys of a server that refuses the token, where it shows them to strangers.</summary>
    public KeysEvidence? Keys { get; init; }

    /// <summary>What an administrator was told; null where there was none.</summary>
    public AdministratorEvidence? Administrator { get; init; }
}
