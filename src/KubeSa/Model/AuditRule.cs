using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>One rule of the audit: what it looks for, and why.</summary>
public sealed class AuditRule
{
    /// <summary>The id, which is the same in every version: <c>SA-SECRETS-ALL</c>.</summary>
    public required string Id { get; init => field = SafeName.Of(value); }

    /// <summary>What the rule is about, in a few words.</summary>
    public required string Title { get; init => field = SafeName.Of(value); }

    /// <summary>What must hold for a finding, exactly.</summary>
    public required string LooksFor { get; init => field = SafeName.Of(value); }

    /// <summary>Why it matters: what somebody who holds the account can do.</summary>
    public required string Why { get; init => field = SafeName.Of(value); }

    /// <summary>The severity before what is known of the account raises or lowers it.</summary>
    public required AuditSeverity Severity { get; init; }

    /// <summary>What to do about it.</summary>
    public required string Remedy { get; init => field = SafeName.Of(value); }

    /// <summary>Where this is recommended: the CIS benchmark, the hardening guidance of NSA and CISA, the Kubernetes documentation.</summary>
    public required string Reference { get; init => field = SafeName.Of(value); }

    /// <summary>The id and the title.</summary>
    public override string ToString() => $"{Id}: {Title}";
}
