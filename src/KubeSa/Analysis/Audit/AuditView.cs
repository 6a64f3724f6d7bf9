using KubeSa.Analysis.Snapshot;

namespace KubeSa.Analysis.Audit;

/// <summary>A snapshot as the checks of the audit look at it: who holds what, who runs as whom. Made once for all checks.</summary>
internal sealed class AuditView
{
    private const string AllAccounts = "system:serviceaccounts";

    private readonly ILookup<(string, string), SnapshotWorkload> _pods;
    private readonly ILookup<(string, string), SnapshotWorkload> _workloads;
    private readonly ILookup<(string, string), SnapshotSecret> _tokens;
    private readonly Dictionary<(string, string), Principal> _accounts;
    private readonly Dictionary<string, SnapshotNamespace> _namespaces;

    internal AuditView(AccessSnapshot snapshot)
    {
        Snapshot = snapshot;
        _pods = snapshot.Pods.ToLookup(pod => (pod.Namespace, pod.ServiceAccount));
        _workloads = snapshot.Workloads.ToLookup(workload => (workload.Namespace, workload.ServiceAccount));
        _tokens = snapshot.Secrets.Where(secret => secret.Account is not null).ToLookup(secret => (secret.Namespace, secret.Account!));
        _namespaces = snapshot.Namespaces.DistinctBy(one => one.Name).ToDictionary(one => one.Name, StringComparer.Ordinal);
        Groups = [.. GroupsThatHold()];
        Accounts = [.. snapshot.Accounts.Select(Of)];
        _accounts = Accounts.DistinctBy(account => (account.Account!.Namespace, account.Account.Name)).ToDictionary(account => (account.Account!.Namespace, account.Account.Name));
    }

    /// <summary>The snapshot itself.</summary>
    internal AccessSnapshot Snapshot { get; }

    /// <summary>The accounts, each with what bindings give to it by its own name.</summary>
    internal IReadOnlyList<Principal> Accounts { get; }

    /// <summary>The groups of accounts that bindings give something to beyond what every cluster gives.</summary>
    internal IReadOnlyList<Principal> Groups { get; }

    /// <summary>Both.</summary>
    internal IEnumerable<Principal> Principals => Groups.Concat(Accounts);

    /// <summary>An account, or null where there is none.</summary>
    internal Principal? AccountOf(string ns, string name) => _accounts.GetValueOrDefault((ns, name));

    /// <summary>A namespace, or null where there is none.</summary>
    internal SnapshotNamespace? NamespaceOf(string name) => _namespaces.GetValueOrDefault(name);

    /// <summary>Accounts of a namespace with rights that its other accounts may lack: what one gets who takes over the namespace.</summary>
    internal IEnumerable<Principal> StrongAccountsIn(string? ns) =>
        Accounts.Where(account => (ns is null || account.Namespace == ns) && account.Held.Any(held => held.Scope is null || held.Rule.AllowsEverything));

    private Principal Of(SnapshotAccount account) => new(account, [.. Snapshot.Policy
        .RulesFor(account.UserName, [])
        .Where(held => !BuiltInPolicy.Holds(held))])
    {
        Pods = [.. _pods[(account.Namespace, account.Name)]],
        Workloads = [.. _workloads[(account.Namespace, account.Name)]],
        Tokens = [.. _tokens[(account.Namespace, account.Name)]],
        Shared = [.. Groups.Where(group => group.Namespace is null || group.Namespace == account.Namespace).SelectMany(group => group.Held)],
    };

    private IEnumerable<Principal> GroupsThatHold()
    {
        foreach (var group in Snapshot.Bindings.SelectMany(binding => binding.Subjects).Where(subject => subject.Kind == "Group").Select(subject => subject.Name)
            .Where(name => name is AllAccounts or "system:authenticated" || name.StartsWith($"{AllAccounts}:", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var held = Snapshot.Policy.RulesFor(null, [group]).Where(held => !BuiltInPolicy.Holds(held)).ToList();
            if (held.Count > 0)
            {
                yield return new Principal(group, group.StartsWith($"{AllAccounts}:", StringComparison.Ordinal) ? group[(AllAccounts.Length + 1)..] : null, held);
            }
        }
    }
}
