using KubeSa.Analysis.Snapshot;
using KubeSa.Api;

namespace KubeSa.Analysis.Reach;

/// <summary>What conditions of edges ask of a snapshot, found once.</summary>
internal sealed class ClusterFacts
{
    private readonly HashSet<(string Namespace, string Name)> _accounts;
    private readonly Dictionary<string, SnapshotNamespace> _namespaces;
    private readonly HashSet<(string? Namespace, string Name)> _everything;

    internal ClusterFacts(AccessSnapshot snapshot, int number)
    {
        (Snapshot, Number) = (snapshot, number);
        _accounts = [.. snapshot.Accounts.Select(account => (account.Namespace, account.Name))];
        AccountsByNamespace = snapshot.Accounts.ToLookup(account => account.Namespace);
        _namespaces = snapshot.Namespaces.DistinctBy(ns => ns.Name).ToDictionary(ns => ns.Name);
        Namespaces = snapshot.WasRead(SnapshotParts.Namespaces) || _namespaces.Count > 0
            ? [.. _namespaces.Keys]
            : [.. snapshot.Accounts.Select(account => account.Namespace).Concat(snapshot.Pods.Select(pod => pod.Namespace)).Distinct()];
        PodsByNamespace = snapshot.Pods.ToLookup(pod => pod.Namespace);
        Workloads = snapshot.Workloads.Where(workload => !workload.IsOver).ToLookup(workload => (workload.Group, workload.Kind));
        WorkloadsByNamespace = snapshot.Workloads.Where(workload => !workload.IsOver).ToLookup(workload => (workload.Group, workload.Kind, workload.Namespace));
        Nodes = [.. snapshot.Nodes.Select(node => node.Name).Concat(snapshot.Pods.Select(pod => pod.Node).OfType<string>()).Distinct()];
        TokenSecrets = snapshot.Secrets.Where(IsAlive).ToLookup(secret => secret.Namespace);
        _everything = [.. snapshot.Roles.Where(role => role.Rules.Any(rule => rule.AllowsEverything)).Select(role => (role.Namespace, role.Name))];
        MissingAccounts = snapshot.WasRead(SnapshotParts.Accounts)
            ? snapshot.Bindings.SelectMany(binding => binding.Subjects).Select(subject => subject.AsAccount).OfType<(string Namespace, string Name)>()
                .Where(account => !_accounts.Contains(account)).Distinct().ToLookup(account => account.Namespace, account => account.Name)
            : Array.Empty<(string Namespace, string Name)>().ToLookup(account => account.Namespace, account => account.Name);
        ActedUpon = [.. snapshot.CustomResources.Where(OperatorEdges.IsActedUpon).DistinctBy(resource => resource.FullName)];
        (PodCertainty, PodDoubt) = Doubt(snapshot);
    }

    internal AccessSnapshot Snapshot { get; }

    /// <summary>Which of the snapshots it is.</summary>
    internal int Number { get; }

    internal IReadOnlyList<string> Namespaces { get; }

    internal IReadOnlyList<string> Nodes { get; }

    internal ILookup<string, SnapshotAccount> AccountsByNamespace { get; }

    internal ILookup<string, SnapshotWorkload> PodsByNamespace { get; }

    internal ILookup<(string Group, string Kind), SnapshotWorkload> Workloads { get; }

    internal ILookup<(string Group, string Kind, string Namespace), SnapshotWorkload> WorkloadsByNamespace { get; }

    /// <summary>The Secrets whose token the server accepts.</summary>
    internal ILookup<string, SnapshotSecret> TokenSecrets { get; }

    /// <summary>The accounts that bindings name and that do not exist, by their namespace.</summary>
    internal ILookup<string, string> MissingAccounts { get; }

    /// <summary>The installed resources whose controllers act for whoever writes them.</summary>
    internal IReadOnlyList<SnapshotResource> ActedUpon { get; }

    /// <summary>How sure it is that a pod that one may create is let in.</summary>
    internal EscalationCertainty PodCertainty { get; }

    /// <summary>Why it is not certain; empty where it is.</summary>
    internal string PodDoubt { get; }

    internal int? Minor => Snapshot.Cluster.Minor;

    /// <summary>Whether an account exists; where accounts could not be read, whether it may.</summary>
    internal bool Exists(string ns, string name) => _accounts.Contains((ns, name)) || !Snapshot.WasRead(SnapshotParts.Accounts, ns);

    internal bool HasNamespace(string ns) => _namespaces.ContainsKey(ns) || !Snapshot.WasRead(SnapshotParts.Namespaces);

    /// <summary>The level of Pod Security; null where no label sets one.</summary>
    internal string? PodSecurity(string ns) => _namespaces.GetValueOrDefault(ns)?.PodSecurity;

    /// <summary>Whether a role allows everything, whatever it is called.</summary>
    internal bool AllowsEverything(RoleDefinition role) => _everything.Contains((role.Namespace, role.Name));

    /// <summary>The pods of a scope, those of the names where there are names.</summary>
    internal IEnumerable<SnapshotWorkload> Pods(string? scope, IReadOnlyList<string>? names) =>
        (scope is null ? Snapshot.Pods : PodsByNamespace[scope]).Where(pod => names is null || names.Contains(pod.Name));

    /// <summary>Whether a token with which one is the pod's account lies in the pod.</summary>
    internal static bool HasToken(SnapshotWorkload pod) => pod.HasOwnToken || pod.Tokens.Any(token => token.Audience is null);

    private bool IsAlive(SnapshotSecret secret) =>
        secret is { IsToken: true, InvalidSince: null, Account: { } account } && _accounts.Contains((secret.Namespace, account))
        && (secret.AccountUid is not { } uid || AccountsByNamespace[secret.Namespace].First(item => item.Name == account).Uid is not { } now || now == uid);

    private static (EscalationCertainty Certainty, string Why) Doubt(AccessSnapshot snapshot)
    {
        var guards = snapshot.Admission.Where(item => item.SeesPods && item.Kind.StartsWith("Validating", StringComparison.Ordinal)).Select(item => $"{item.Kind} {item.Name}").ToList();
        if (guards.Count > 0)
        {
            return (EscalationCertainty.Likely, $" {string.Join(", ", guards.Take(3))} {(guards.Count == 1 ? "looks" : "look")} at new pods and may refuse this one.");
        }

        return snapshot.WasRead(SnapshotParts.ValidatingWebhooks) && snapshot.WasRead(SnapshotParts.ValidatingPolicies)
            ? (EscalationCertainty.Certain, string.Empty)
            : (EscalationCertainty.Likely, " Which admission webhooks and policies look at new pods could not be read.");
    }
}
