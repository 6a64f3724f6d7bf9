using KubeSa.Analysis.Snapshot;
using KubeSa.Rbac;

namespace KubeSa.Analysis.Audit;

/// <summary>
/// Who holds rights: a service account, or a group that all accounts of the cluster or of a namespace are in. What a group holds is
/// told of once, for the group.
/// </summary>
internal sealed class Principal
{
    internal Principal(SnapshotAccount account, IReadOnlyList<HeldRule> held)
    {
        (Account, Namespace) = (account, account.Namespace);
        Held = held;
    }

    internal Principal(string group, string? ns, IReadOnlyList<HeldRule> held)
    {
        (Group, Namespace) = (group, ns);
        Held = held;
    }

    /// <summary>The account; null for a group.</summary>
    internal SnapshotAccount? Account { get; }

    /// <summary>The group; null for an account.</summary>
    internal string? Group { get; }

    /// <summary>The namespace of the account, or of the group of its accounts; null for all.</summary>
    internal string? Namespace { get; }

    /// <summary>The rules it holds beyond those that every cluster gives.</summary>
    internal IReadOnlyList<HeldRule> Held { get; }

    /// <summary>What the groups hold that the account is in: told of with the groups, but a half of a pair may lie there.</summary>
    internal IReadOnlyList<HeldRule> Shared { get; init; } = [];

    /// <summary>The rules that allow everything, in the cluster or in a namespace. They imply all else, and are told of by themselves.</summary>
    internal IEnumerable<HeldRule> Everything => Held.Where(held => held.Rule.AllowsEverything);

    /// <summary>The rules that name what they allow.</summary>
    internal IEnumerable<HeldRule> Rest => Held.Where(held => !held.Rule.AllowsEverything);

    /// <summary>Pods that run as the account.</summary>
    internal IReadOnlyList<SnapshotWorkload> Pods { get; init; } = [];

    /// <summary>What makes pods that run as the account.</summary>
    internal IReadOnlyList<SnapshotWorkload> Workloads { get; init; } = [];

    /// <summary>The Secrets with tokens of the account.</summary>
    internal IReadOnlyList<SnapshotSecret> Tokens { get; init; } = [];

    /// <summary>How it is called in sentences.</summary>
    internal string Words => Group is null ? $"Service account {Namespace}/{Account!.Name}"
        : Namespace is null ? $"Every service account of the cluster (group {Group})"
        : $"Every service account of namespace {Namespace} (group {Group})";

    /// <summary>The account as an argument of a command.</summary>
    public override string ToString() => Account is null ? Group! : $"{Account.Namespace}/{Account.Name}";
}
