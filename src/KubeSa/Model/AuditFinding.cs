using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>Something that the audit found: which rule, about which account, by which objects, and what to do.</summary>
public sealed class AuditFinding : KubeObject
{
    /// <summary>The rule: <c>SA-SECRETS-ALL</c>. Get-KubeServiceAccountAuditRule explains it.</summary>
    public required string RuleId { get; init => field = SafeName.Of(value); }

    /// <summary>How much harm it allows, with what is known of the account.</summary>
    public required AuditSeverity Severity { get; init; }

    /// <summary>The clusters in which it was found; more than one where several were audited together.</summary>
    public string[] Clusters { get; internal set => field = SafeName.All(value); } = [];

    /// <summary>The namespace of the account, or of the object that the finding is about; null where it has none.</summary>
    public string? Namespace { get; init => field = SafeName.Of(value); }

    /// <summary>The name of the account; null where the finding is about another object or about what could not be looked at.</summary>
    public string? ServiceAccount { get; init => field = SafeName.Of(value); }

    /// <summary>What was found, in one or two sentences.</summary>
    public required string Message { get; init => field = ControlCharacters.ShowOnOneLine(Redactor.Redact(value)); }

    /// <summary>The objects that it rests on.</summary>
    public AuditEvidence[] Evidence { get; init; } = [];

    /// <summary>What to do about it.</summary>
    public required string Remedy { get; init => field = ControlCharacters.ShowOnOneLine(Redactor.Redact(value)); }

    /// <summary>A line that can be typed as it stands and does what the remedy says, or begins it; null where there is none.</summary>
    public string? Command { get; init => field = value is null ? null : ControlCharacters.ShowOnOneLine(Redactor.Redact(value)); }

    /// <summary>Where this is recommended.</summary>
    public required string Reference { get; init => field = SafeName.Of(value); }

    /// <summary>
    /// Names the finding over runs and clusters: it is made of the rule, the account and the objects, and of nothing that changes
    /// when the finding stays (times, uids, counts).
    /// </summary>
    public required string Fingerprint { get; init => field = SafeName.Of(value); }

    /// <summary>Why the severity differs from the rule's own; null where it does not.</summary>
    public string? SeverityReason { get; init => field = SafeName.Of(value); }

    /// <summary>The account as <c>namespace/name</c>, or what else the finding is about.</summary>
    public string Account => (Namespace, ServiceAccount) switch
    {
        (null, null) => "-",
        ({ } ns, null) => ns,
        (null, { } name) => name,
        var (ns, name) => $"{ns}/{name}",
    };

    private protected override IEnumerable<KubeObject?> Parts => Evidence;

    /// <summary>The finding in one line.</summary>
    public override string ToString() => $"{Severity} {RuleId} {Account}: {Message}";
}
