using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>One step of an escalation path: who becomes what, by which right, under which condition.</summary>
public sealed class EscalationStep
{
    /// <summary>Where the step begins: <c>ServiceAccount ci/deployer</c>, <c>namespace ci</c>, <c>node worker-1</c>.</summary>
    public required string From { get; init => field = SafeName.Of(value); }

    /// <summary>Where it leads.</summary>
    public required string To { get; init => field = SafeName.Of(value); }

    /// <summary>What is done: CreatePods, TokenRequest, Impersonate and so on.</summary>
    public required string Edge { get; init => field = SafeName.Of(value); }

    /// <summary>The binding that gives the right, as <c>RoleBinding ci/deployer</c>; null for a step that needs none.</summary>
    public string? Binding { get; init => field = SafeName.Of(value); }

    /// <summary>The role of that binding, as <c>ClusterRole edit</c>; null for a step that needs none.</summary>
    public string? Role { get; init => field = SafeName.Of(value); }

    /// <summary>The rule of that role, in words; null for a step that needs none.</summary>
    public string? Rule { get; init => field = SafeName.Of(value); }

    /// <summary>What must hold for the step, and what was found about it, in words.</summary>
    public required string Condition { get; init => field = SafeName.Of(value); }

    /// <summary>How sure it is that the step can be taken.</summary>
    public required EscalationCertainty Certainty { get; init; }

    /// <summary>The step in one line.</summary>
    public override string ToString() => $"{From} -> {To} ({Edge}{(Binding is null ? string.Empty : $" by {Binding}")})";
}
