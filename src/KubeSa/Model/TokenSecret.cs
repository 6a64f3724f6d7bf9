using System.Security.Cryptography.X509Certificates;
using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>A Secret of type <c>kubernetes.io/service-account-token</c>, decoded.</summary>
public sealed class TokenSecret : KubeObject
{
    /// <summary>The namespace of the Secret; null where the text it was read from does not say.</summary>
    public string? Namespace { get; init => field = SafeName.Of(value); }

    /// <summary>The name of the Secret.</summary>
    public required string Name { get; init => field = SafeName.Of(value); }

    /// <summary>The account the Secret belongs to.</summary>
    public string? ServiceAccount { get; init => field = SafeName.Of(value); }

    /// <summary>The unique id of that account when the Secret was filled.</summary>
    public string? ServiceAccountUid { get; init => field = SafeName.Of(value); }

    /// <summary>
    /// The certificates of <c>ca.crt</c>, by which the API server is to be verified. In PowerShell they are X509Certificate2,
    /// in JSON and C# their facts, for a certificate has handles and bytes besides.
    /// </summary>
    public CertificateSummary[] CaCertificates => [.. Authorities.Select(certificate => new CertificateSummary(certificate))];

    internal X509Certificate2[] Authorities { get; init; } = [];

    /// <summary>The namespace that the Secret's data name, which a pod reads from its mount.</summary>
    public string? TokenNamespace { get; init => field = SafeName.Of(value); }

    /// <summary>The token: a SecureString, or a string with -AsPlainText; null where the Secret holds none yet.</summary>
    public object? Token { get; internal set; }

    /// <summary>What the token says of itself; null where there is none or it is not a JWT.</summary>
    public TokenInfo? Info { get; init; }

    /// <summary>Whether the token is a legacy one, as it should be; null where there is none or it is not a JWT.</summary>
    public TokenKind? Kind => Info?.Kind;

    /// <summary>The id of the key that signed the token; null where there is none or it is not a JWT.</summary>
    public string? KeyId => Info?.KeyId;

    /// <summary>The day the token was last used, as the server tracks it from 1.28 on; null where it does not.</summary>
    public DateTime? LastUsed { get; init; }

    /// <summary>
    /// The day since which the server refuses the token: Disable-KubeSaTokenSecret said so, or the server itself because it was not
    /// used for long. Null where it does not refuse it.
    /// </summary>
    public DateTime? InvalidSince { get; init; }

    /// <summary>Whether the Secret is in quarantine: a server from 1.29 on refuses its token.</summary>
    public bool IsDisabled => InvalidSince is not null;

    /// <summary>
    /// Whether somebody has tried the token since then. The server notes days alone: null where that was on the first of them, and
    /// for a Secret that is not in quarantine.
    /// </summary>
    public bool? TriedSinceDisabled => InvalidSince is not { } since ? null
        : LastUsed is not { } used || used < since ? false
        : used > since ? true
        : null;

    /// <summary>With -IncludeUse: who made the Secret; null where that is not known.</summary>
    public TokenSecretMaker? MadeBy => Use?.MadeBy;

    /// <summary>With -IncludeUse: whether the account of the Secret is gone, or is another one by now; null where that is not known.</summary>
    public bool? IsOrphaned => Use?.IsOrphaned;

    /// <summary>With -IncludeUse: the pods and workloads that mount the Secret, as <c>Kind/name</c>; null where that is not known.</summary>
    public string[]? MountedBy { get => Use?.MountedBy; }

    /// <summary>
    /// With -IncludeUse: the first day on which the server's own cleaner may mark the token invalid, if nobody uses it until then;
    /// null where it never does, and where that is not known.
    /// </summary>
    public DateTime? WillBeInvalid => Use?.WillBeInvalid;

    /// <summary>With -IncludeUse: the first day on which that cleaner may delete the Secret; null where it never does, and where that is not known.</summary>
    public DateTime? WillBeDeleted => Use?.WillBeDeleted;

    /// <summary>What was looked up besides the Secret; null without -IncludeUse.</summary>
    internal TokenSecretUse? Use { get; private set; }

    /// <summary>When the Secret was made, in local time.</summary>
    public DateTime? CreationTimestamp { get; init; }

    /// <summary>The time since the Secret was made. In PowerShell it is a TimeSpan, in JSON and C# its text.</summary>
    public string? Age => Ages.TextSince(CreationTimestamp);

    /// <summary>The unique id of the Secret.</summary>
    public string? Uid { get; init => field = SafeName.Of(value); }

    private protected override IEnumerable<KubeObject?> Parts => [Info];

    /// <summary>The Secret as <c>namespace/name</c>; never the token.</summary>
    public override string ToString() =>
        Name.Length == 0 ? "(unnamed)" : Namespace is null ? Name : $"{Namespace}/{Name}";

    /// <summary>The same Secret with what is known of its use.</summary>
    internal TokenSecret WithUse(TokenSecretUse use)
    {
        var copy = (TokenSecret)MemberwiseClone();
        copy.Use = use;
        return copy;
    }

    /// <summary>The same Secret with its token in another form.</summary>
    internal TokenSecret WithToken(object? token)
    {
        var copy = (TokenSecret)MemberwiseClone();
        copy.Token = token;
        return copy;
    }
}
