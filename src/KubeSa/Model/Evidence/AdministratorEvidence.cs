namespace KubeSa;

/// <summary>What a server told an administrator of the token, or of the right that is missing.</summary>
public sealed record AdministratorEvidence
{
    /// <summary>The URL by which the administrator asked.</summary>
    public required string Server { get; init; }

    /// <summary>How the signature stands to the server's keys (its JWKS); null where they could not be had.</summary>
    public SignatureEvidence? Signature { get; init; }

    /// <summary>Why the keys could not be had.</summary>
    public string? SignatureProblem { get; init; }

    /// <summary>What the server thinks of the token (TokenReview); null where it could not be asked.</summary>
    public ReviewEvidence? Review { get; init; }

    /// <summary>Why it could not be asked.</summary>
    public string? ReviewProblem { get; init; }

    /// <summary>The issuer of the tokens that the server gives out now; null where it could not be had.</summary>
    public string? Issuer { get; init; }

    /// <summary>The version of the server, such as v1.36.2; null where it was not asked or does not say.</summary>
    public string? ServerVersion { get; init; }

    /// <summary>The account that the token is of; null where it is of none.</summary>
    public ObjectEvidence? ServiceAccount { get; init; }

    /// <summary>The Secret that the token is stored in or bound to; null where there is none.</summary>
    public ObjectEvidence? Secret { get; init; }

    /// <summary>The pod that the token is bound to; null where there is none.</summary>
    public ObjectEvidence? Pod { get; init; }

    /// <summary>The node that the token is bound to, without a pod in between; null where there is none.</summary>
    public ObjectEvidence? Node { get; init; }

    /// <summary>The roles that would allow what was forbidden; null where they were not looked for.</summary>
    public IReadOnlyList<RoleEvidence>? Roles { get; init; }

    /// <summary>Why the roles could not be looked at.</summary>
    public string? RolesProblem { get; init; }

    /// <summary>The time it took.</summary>
    public TimeSpan Elapsed { get; init; }
}

/// <summary>An object that a token names, as it is on the server.</summary>
public sealed record ObjectEvidence
{
    /// <summary>The object as <c>Kind namespace/name</c>.</summary>
    public required string Reference { get; init; }

    /// <summary>The unique id that the token names; null where it names none.</summary>
    public string? ClaimedUid { get; init; }

    /// <summary>The unique id the object has; null where it is not there or could not be looked at.</summary>
    public string? Uid { get; init; }

    /// <summary>Of a Secret, whether it holds this very token; null for other objects and where it could not be looked at.</summary>
    public bool? HoldsToken { get; init; }

    /// <summary>Why it could not be looked at; null where it could.</summary>
    public string? Problem { get; init; }
}

/// <summary>What a server thinks of a token (TokenReview).</summary>
public sealed record ReviewEvidence
{
    /// <summary>Whether it accepts it.</summary>
    public bool Authenticated { get; init; }

    /// <summary>Why not, in the server's words.</summary>
    public string? Error { get; init; }

    /// <summary>Whom it takes the bearer for.</summary>
    public string? UserName { get; init; }

    /// <summary>For which of the audiences that were asked for the token is good; empty where the server does not say.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];
}

/// <summary>How a token's signature stands to the keys that a server verifies by.</summary>
public sealed record SignatureEvidence
{
    /// <summary>The ids of the server's keys (<c>kid</c>, RFC 7517).</summary>
    public IReadOnlyList<string> ServerKeyIds { get; init; } = [];

    /// <summary>The id of the key that the token says it was signed with; null where it says none.</summary>
    public string? TokenKeyId { get; init; }

    /// <summary>Whether that id is among the server's; null where the token says none.</summary>
    public bool? KeyIdKnown { get; init; }

    /// <summary>The algorithm that the token says it was signed by.</summary>
    public string? Algorithm { get; init; }

    /// <summary>Whether any of the server's keys verifies the signature; each was tried.</summary>
    public bool Verified { get; init; }

    /// <summary>The id of the key that verifies it; null where none does, or where that key has no id.</summary>
    public string? VerifiedByKeyId { get; init; }

    /// <summary>Whether the key that the token names is of a kind that cannot be used here, or broken.</summary>
    public bool NamedKeyUnusable { get; init; }

    /// <summary>Whether only the id of the key was looked at, because the token itself was not at hand.</summary>
    public bool Untried { get; init; }

    /// <summary>How many bytes the signature has; null where that was not looked at.</summary>
    public int? Bytes { get; init; }

    /// <summary>How many bytes the key that the token names makes; null where that key is not known.</summary>
    public int? ExpectedBytes { get; init; }
}

/// <summary>A role that would allow what was forbidden.</summary>
public sealed record RoleEvidence
{
    /// <summary>The namespace of a Role; null for a ClusterRole.</summary>
    public string? Namespace { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>All that it allows.</summary>
    public IReadOnlyList<RuleEvidence> Rules { get; init; } = [];
}

/// <summary>A rule of a role (https://kubernetes.io/docs/reference/access-authn-authz/rbac/); <c>*</c> stands for all.</summary>
public sealed record RuleEvidence
{
    /// <summary>The verbs it allows.</summary>
    public IReadOnlyList<string> Verbs { get; init; } = [];

    /// <summary>The API groups it is about; the core group is empty text.</summary>
    public IReadOnlyList<string> ApiGroups { get; init; } = [];

    /// <summary>The resources, with their subresources: <c>pods</c>, <c>pods/log</c>.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>The only objects it is about; empty for all.</summary>
    public IReadOnlyList<string> ResourceNames { get; init; } = [];

    /// <summary>The paths that a rule is about which stand for no resource; empty where it is about resources.</summary>
    public IReadOnlyList<string> NonResourceUrls { get; init; } = [];
}

/// <summary>What was seen of a token; never the token.</summary>
public sealed record TokenTestEvidence
{
    /// <summary>When it was looked at, by the clock of this machine.</summary>
    public required DateTimeOffset Clock { get; init; }

    /// <summary>What the token says of itself; null where it is none.</summary>
    public TokenInfo? Info { get; init; }

    /// <summary>Why it is not a token; null where it is one.</summary>
    public string? Problem { get; init; }

    /// <summary>What of its header and claims is not as a service-account token's must be, each as a part of a sentence.</summary>
    public string[] ClaimFaults { get; init; } = [];

    /// <summary>How long its signature is, in bytes; null where it has none or is not a token.</summary>
    public int? SignatureBytes { get; init; }

    /// <summary>Whom it is to be good for; empty for the API server itself.</summary>
    public string[] Audiences { get; init; } = [];

    /// <summary>How the signature stands to the keys that were given; null where a server was asked.</summary>
    public SignatureEvidence? Signature { get; init; }

    /// <summary>What a server told; null where none was asked.</summary>
    public AdministratorEvidence? Administrator { get; init; }
}
