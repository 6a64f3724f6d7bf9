using KubeSa.Analysis.Snapshot;
using KubeSa.Api;

namespace KubeSa.Tests.Analysis.Audit;

/// <summary>Small clusters in a few words: accounts as <c>namespace/name</c>, rules as <c>get,list secrets</c> or <c>* deployments.apps</c>.</summary>
internal sealed class SnapshotBuilder
{
    private readonly List<SnapshotAccount> _accounts = [];
    private readonly List<RoleDefinition> _roles = [];
    private readonly List<RoleBinding> _bindings = [];
    private readonly List<SnapshotWorkload> _pods = [];
    private readonly List<SnapshotWorkload> _workloads = [];
    private readonly List<SnapshotSecret> _secrets = [];
    private readonly List<SnapshotNamespace> _namespaces = [];
    private readonly List<SnapshotName> _configMaps = [];
    private readonly List<SnapshotResource> _resources = [];
    private readonly List<NotRead> _notRead = [];
    private string _version = "v1.36.2";

    internal SnapshotBuilder Version(string version) => Do(() => _version = version);

    internal SnapshotBuilder Namespace(string name, string? podSecurity = null) => Do(() => _namespaces.Add(new SnapshotNamespace(name)
    {
        Labels = podSecurity is null ? [] : new Dictionary<string, string> { ["pod-security.kubernetes.io/enforce"] = podSecurity },
    }));

    /// <summary>An account with a pod of a Deployment, so that what is known of it lowers no severity.</summary>
    internal SnapshotBuilder Account(string account, Func<SnapshotAccount, SnapshotAccount>? with = null, bool runs = true) => Do(() =>
    {
        var (ns, name) = Split(account);
        var one = new SnapshotAccount(ns, name) { Uid = $"uid-{name}" };
        _accounts.Add(with is null ? one : with(one));
        if (runs)
        {
            Workload("Deployment", account, name);
        }
    });

    internal SnapshotBuilder Workload(string kind, string account, string name, Func<SnapshotWorkload, SnapshotWorkload>? with = null, bool pod = true) => Do(() =>
    {
        var (ns, serviceAccount) = Split(account);
        var one = new SnapshotWorkload(kind, ns, name) { ServiceAccount = serviceAccount, Replicas = 1 };
        one = with is null ? one : with(one);
        _workloads.Add(one);
        if (pod)
        {
            _pods.Add(one with { Kind = SnapshotWorkload.Pod, Name = $"{name}-x2z4k", Owner = $"{kind}/{name}", Replicas = null });
        }
    });

    /// <summary>Gives rules by a binding; null for the whole cluster. A subject is an account, or a group or user in brackets.</summary>
    internal SnapshotBuilder Grant(string subject, string? scope, params string[] rules) => Do(() =>
    {
        var name = $"grant-{_bindings.Count}";
        _roles.Add(new RoleDefinition(scope, name, [.. rules.Select(Rule)]));
        _bindings.Add(new RoleBinding { Namespace = scope, Name = name, RoleKind = scope is null ? "ClusterRole" : "Role", Role = name, Subjects = [Subject(subject, scope)] });
    });

    internal SnapshotBuilder Role(string? ns, string name, Dictionary<string, string>? labels, params string[] rules) =>
        Do(() => _roles.Add(new RoleDefinition(ns, name, [.. rules.Select(Rule)]) { Labels = labels ?? [] }));

    internal SnapshotBuilder Binding(string? ns, string name, string roleKind, string role, string subject, Dictionary<string, string>? labels = null) => Do(() =>
        _bindings.Add(new RoleBinding { Namespace = ns, Name = name, RoleKind = roleKind, Role = role, Subjects = [Subject(subject, ns)], Labels = labels ?? [] }));

    internal SnapshotBuilder TokenSecret(string account, string name, string? uid = null, Dictionary<string, string>? labels = null) => Do(() =>
    {
        var (ns, serviceAccount) = Split(account);
        _secrets.Add(new SnapshotSecret(ns, name)
        {
            Type = SnapshotSecret.TokenType,
            Labels = labels ?? [],
            Annotations = new Dictionary<string, string> { ["kubernetes.io/service-account.name"] = serviceAccount, ["kubernetes.io/service-account.uid"] = uid ?? $"uid-{serviceAccount}" },
        });
    });

    internal SnapshotBuilder ConfigMap(string ns, string name) => Do(() => _configMaps.Add(new SnapshotName(ns, name)));

    internal SnapshotBuilder CustomResource(string group, string plural, string kind) => Do(() => _resources.Add(new SnapshotResource(group, plural, kind, true)));

    internal SnapshotBuilder NotRead(string part, string? ns = null) => Do(() => _notRead.Add(new NotRead(part, ns, nameof(FailureKind.Forbidden), $"You may not list {part}.")));

    internal AccessSnapshot Build(string cluster = "c") => new()
    {
        TakenAt = SmallSnapshot.Taken,
        Cluster = new SnapshotCluster { Name = cluster, Server = $"https://{cluster}", Version = _version },
        Namespaces = _namespaces,
        Accounts = _accounts,
        Roles = _roles,
        Bindings = _bindings,
        Pods = _pods,
        Workloads = _workloads,
        Secrets = _secrets,
        ConfigMaps = _configMaps,
        Resources = _resources,
        NotRead = _notRead,
    };

    private SnapshotBuilder Do(Action action)
    {
        action();
        return this;
    }

    private static RoleSubject Subject(string text, string? scope) => text[0] == '['
        ? RoleSubject.Read(text.Contains("anonymous", StringComparison.Ordinal) ? "User" : "Group", "rbac.authorization.k8s.io", null, text[1..^1], scope)
        : RoleSubject.Account(Split(text).Namespace, Split(text).Name);

    /// <summary><c>VERBS RESOURCES[=NAMES]</c>, or <c>VERBS /PATH</c>; a resource with its group behind a dot, * for all groups.</summary>
    private static RoleRule Rule(string text)
    {
        var words = text.Split(' ');
        var verbs = words[0].Split(',');
        if (words[1][0] == '/')
        {
            return new RoleRule { Verbs = verbs, NonResourceUrls = words[1].Split(',') };
        }

        var (what, names) = words[1].Split('=') is [var some, var named] ? (some, named.Split(',')) : (words[1], []);
        var resources = what.Split(',').Select(one => (Group: one == "*" ? "*" : one.Split('/')[0].Split('.', 2) is [_, var g] ? g : string.Empty,
            Name: one.Split('/') is [var r, var sub] ? $"{r.Split('.')[0]}/{sub}" : one.Split('.')[0])).ToList();
        return new RoleRule
        {
            Verbs = verbs,
            ApiGroups = [.. resources.Select(resource => resource.Group).Distinct()],
            Resources = [.. resources.Select(resource => resource.Name).Distinct()],
            ResourceNames = names,
        };
    }

    private static (string Namespace, string Name) Split(string account) => (account.Split('/')[0], account.Split('/')[1]);
}
