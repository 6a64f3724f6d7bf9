using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>How a service account could become something stronger, step by step.</summary>
public sealed class EscalationPath : KubeObject
{
    /// <summary>The account at the beginning, as <c>namespace/name</c>.</summary>
    public string From => $"{Namespace}/{ServiceAccount}";

    /// <summary>The namespace of the account at the beginning.</summary>
    public required string Namespace { get; init => field = SafeName.Of(value); }

    /// <summary>The name of the account at the beginning.</summary>
    public required string ServiceAccount { get; init => field = SafeName.Of(value); }

    /// <summary>What is reached: <c>cluster-admin</c>, <c>namespace kube-system</c>, <c>ServiceAccount ci/deployer</c> and so on.</summary>
    public required string To { get; init => field = SafeName.Of(value); }

    /// <summary>How sure it is: as sure as the least sure of its steps.</summary>
    public required EscalationCertainty Certainty { get; init; }

    /// <summary>The steps, in order.</summary>
    public required EscalationStep[] Steps { get => field ?? []; init; }

    /// <summary>What is done on the way, in order: <c>CreatePods &gt; TokenRequest</c>.</summary>
    public string Route => string.Join(" > ", Steps.Select(step => step.Edge));

    /// <summary>
    /// The smallest set of bindings or rules whose removal closes every path of this account to what is reached, each in one
    /// text; empty where removing bindings or rules cannot close them.
    /// </summary>
    public string[] Cut { get; init => field = SafeName.All(value); } = [];

    /// <summary>The path in one line.</summary>
    public override string ToString() =>
        $"{From} -> {To} ({Certainty}, {Steps.Length} {(Steps.Length == 1 ? "step" : "steps")})";
}
