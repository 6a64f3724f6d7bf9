using KubeSa.Rbac;

namespace KubeSa.Analysis.Reach;

/// <summary>A way from one vertex to another.</summary>
internal sealed class ReachEdge(int from, int to, string name, EscalationCertainty certainty, HeldRule[] supports, string? condition)
{
    /// <summary>Where it begins.</summary>
    internal int From => from;

    /// <summary>Where it leads.</summary>
    internal int To => to;

    /// <summary>What is done: CreatePods, TokenRequest, ...; empty for what follows by itself.</summary>
    internal string Name => name;

    internal EscalationCertainty Certainty => certainty;

    /// <summary>The rules by which it is allowed, all of which are needed; empty where it follows by itself.</summary>
    internal HeldRule[] Supports => supports;

    /// <summary>What must hold, and what was found about it; null where the vertices say it all.</summary>
    internal string? Condition => condition;

    /// <summary>Whether it is something that somebody does, and so counts as a step.</summary>
    internal bool IsStep => name.Length > 0;

    /// <summary>Edges that lead to the halves of which this is made, for what two accounts do together.</summary>
    internal IReadOnlyList<ReachEdge> Before { get; init; } = [];
}
