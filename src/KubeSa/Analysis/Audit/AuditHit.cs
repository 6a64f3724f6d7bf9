using KubeSa.Rbac;

namespace KubeSa.Analysis.Audit;

/// <summary>What a check found, before the severity is adjusted to what is known of the account.</summary>
internal sealed record AuditHit(AuditSeverity Severity, string Message)
{
    /// <summary>Whom it is about; null for a finding about another object.</summary>
    internal Principal? Principal { get; init; }

    /// <summary>The namespace of a finding that is not about an account.</summary>
    internal string? Namespace { get; init; }

    /// <summary>The objects it rests on.</summary>
    internal IReadOnlyList<AuditEvidence> Evidence { get; init; } = [];

    /// <summary>The rules it rests on, with their bindings and roles: evidence, and what the command takes away.</summary>
    internal IReadOnlyList<HeldRule> Rights { get; init; } = [];

    /// <summary>What to do, where it is more than what the rule says.</summary>
    internal string? Remedy { get; init; }

    /// <summary>What to type, where it is not the taking away of <see cref="Rights"/>.</summary>
    internal string? Command { get; init; }

    /// <summary>Whether who runs as the account changes how grave it is: true for rights, false for how tokens and pods are set up.</summary>
    internal bool IsAboutRights => Rights.Count > 0;

    /// <summary>
    /// What tells this finding from others of the same rule and account, where the evidence does not or changes from run to run
    /// (names of pods).
    /// </summary>
    internal string? Key { get; init; }

    internal AuditHit About(Principal principal) => Principal is null ? this with { Principal = principal } : this;
}
