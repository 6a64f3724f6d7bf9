using KubeSa.Analysis.Snapshot;
using KubeSa.Api;

namespace KubeSa.Tests.Analysis.Reach;

/// <summary>
/// A small cluster with an account x/a that has no rights but those of the text, accounts x/b and y/d whose pods run, and kube-system/strong, which
/// is cluster-admin and whose pod runs on node n1.
/// </summary>
internal static class Universe
{
    /// <param name="grants">
    /// Rights, by semicolons: <c>WHO@SCOPE verbs resources [names]</c>. WHO is x/a, user:jane or group:ops; SCOPE a namespace, or * for the
    /// cluster; resources with their groups, as roles have them: pods/exec, deployments.apps.
    /// </param>
    /// <param name="with">What else is so, by spaces; see <see cref="Change"/>.</param>
    internal static AccessSnapshot Of(string grants, string with = "")
    {
        var snapshot = Base();
        var number = 0;
        foreach (var grant in grants.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            snapshot = Grant(snapshot, grant, $"g{++number}");
        }

        return with.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate(snapshot, Change);
    }

    internal static RoleRule Rule(string verbs, string resources, string? names)
    {
        var parts = resources.Split(',').Select(Resource).ToList();
        return new RoleRule
        {
            Verbs = verbs.Split(','),
            ApiGroups = [.. parts.Select(part => part.Group).Distinct()],
            Resources = [.. parts.Select(part => part.Resource).Distinct()],
            ResourceNames = names?.Trim('[', ']').Split(',') ?? [],
        };
    }

    private static AccessSnapshot Base() => new()
    {
        TakenAt = SmallSnapshot.Taken,
        Cluster = new SnapshotCluster { Name = "c", Server = "https://c", Version = "v1.36.2" },
        Namespaces = [new SnapshotNamespace("x"), new SnapshotNamespace("y"), new SnapshotNamespace("kube-system")],
        Nodes = [new SnapshotNode("n1"), new SnapshotNode("n2")],
        Accounts =
        [
            new SnapshotAccount("x", "a"), new SnapshotAccount("x", "b"), new SnapshotAccount("x", "default"), new SnapshotAccount("y", "d"), new SnapshotAccount("kube-system", "strong"),
            new SnapshotAccount("kube-system", "default"),
        ],
        Roles = [new RoleDefinition(null, "cluster-admin", [Rule("*", "*.*", null)]) { Labels = new Dictionary<string, string> { ["kubernetes.io/bootstrapping"] = "rbac-defaults" } }],
        Bindings = [new RoleBinding { Name = "strong-admin", RoleKind = "ClusterRole", Role = "cluster-admin", Subjects = [RoleSubject.Account("kube-system", "strong")] }],
        Pods =
        [
            new SnapshotWorkload("Pod", "x", "b-0") { ServiceAccount = "b", HasOwnToken = true, Node = "n2" },
            new SnapshotWorkload("Pod", "x", "quiet") { ServiceAccount = "default", Node = "n2" },
            new SnapshotWorkload("Pod", "y", "d-0") { ServiceAccount = "d", HasOwnToken = true, Node = "n2" },
            new SnapshotWorkload("Pod", "kube-system", "strong-0") { ServiceAccount = "strong", HasOwnToken = true, Node = "n1" },
        ],
    };

    private static AccessSnapshot Grant(AccessSnapshot snapshot, string grant, string name)
    {
        var parts = grant.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var who = parts[0].Split('@');
        var scope = who[1] == "*" ? null : who[1];
        return snapshot with
        {
            Roles = [.. snapshot.Roles, new RoleDefinition(scope, name, [Rule(parts[1], parts[2], parts.ElementAtOrDefault(3))])],
            Bindings = [.. snapshot.Bindings, new RoleBinding { Namespace = scope, Name = name, RoleKind = scope is null ? "ClusterRole" : "Role", Role = name, Subjects = [Subject(who[0])] }],
        };
    }

    private static RoleSubject Subject(string who) => who.Split(':', 2) switch
    {
        ["user", var user] => new RoleSubject("User", null, user),
        ["group", var group] => new RoleSubject("Group", null, group),
        _ => RoleSubject.Account(who.Split('/')[0], who.Split('/')[1]),
    };

    private static (string Group, string Resource) Resource(string text)
    {
        var slash = text.Split('/');
        var dot = slash[0].Split('.', 2);
        return (dot.Length > 1 ? dot[1] : string.Empty, dot[0] + (slash.Length > 1 ? $"/{slash[1]}" : string.Empty));
    }

    private static AccessSnapshot Change(AccessSnapshot snapshot, string change)
    {
        var (what, rest) = (change.Split(':', 2)[0], change.Split(':', 2).ElementAtOrDefault(1) ?? string.Empty);
        var part = rest.Split('/');
        return what switch
        {
            "version" => snapshot with { Cluster = snapshot.Cluster with { Version = rest } },
            "psa" => snapshot with
            {
                Namespaces = [.. snapshot.Namespaces.Select(ns => ns.Name == part[0] ? ns with { Labels = new Dictionary<string, string> { ["pod-security.kubernetes.io/enforce"] = part[1] } } : ns)],
            },
            "tokensecret" => snapshot with
            {
                Secrets = [.. snapshot.Secrets, new SnapshotSecret(part[0], part[2]) { Type = SnapshotSecret.TokenType, Annotations = new Dictionary<string, string> { ["kubernetes.io/service-account.name"] = part[1] } }],
            },
            "deadsecret" => snapshot with
            {
                Secrets =
                [
                    .. snapshot.Secrets, new SnapshotSecret(part[0], part[2])
                    {
                        Type = SnapshotSecret.TokenType, Labels = new Dictionary<string, string> { ["kubernetes.io/legacy-token-invalid-since"] = "2026-01-01" },
                        Annotations = new Dictionary<string, string> { ["kubernetes.io/service-account.name"] = part[1] },
                    },
                ],
            },
            "secret" => snapshot with { Secrets = [.. snapshot.Secrets, new SnapshotSecret(part[0], part[1]) { Type = "Opaque" }] },
            "unread" => snapshot with { NotRead = [.. snapshot.NotRead, new NotRead(rest, null, "Forbidden", "You may not.")] },
            "workload" => snapshot with { Workloads = [.. snapshot.Workloads, new SnapshotWorkload(part[0], part[1], part[2]) { Group = part[0] is "Job" or "CronJob" ? "batch" : "apps", ServiceAccount = part.ElementAtOrDefault(3) ?? "default" }] },
            "privileged" => snapshot with { Pods = [.. snapshot.Pods, new SnapshotWorkload("Pod", part[0], part[1]) { Node = part[2], Security = new SnapshotPodSecurity { Privileged = true } }] },
            "controlplane" => snapshot with { Nodes = [.. snapshot.Nodes.Select(node => node.Name == rest ? node with { IsControlPlane = true } : node)] },
            "nopods" => snapshot with { Pods = [], Nodes = [] },
            "guard" => snapshot with { Admission = [.. snapshot.Admission, new SnapshotAdmission("ValidatingAdmissionPolicy", rest) { Resources = ["/pods"] }] },
            "webhook" => snapshot with { Admission = [.. snapshot.Admission, new SnapshotAdmission("MutatingWebhookConfiguration", rest)] },
            "resource" => snapshot with { Resources = [.. snapshot.Resources, new SnapshotResource(part[1], part[0], part[0], true)] },
            "configmap" => snapshot with { ConfigMaps = [.. snapshot.ConfigMaps, new SnapshotName(part[0], part[1])] },
            "csidriver" => snapshot with { CsiDrivers = [.. snapshot.CsiDrivers, new SnapshotCsiDriver(rest)] },
            "missing" => snapshot with { Bindings = [.. snapshot.Bindings, Bound($"missing-{part[1]}", "cluster-admin", RoleSubject.Account(part[0], part[1]))] },
            "admins" => snapshot with { Bindings = [.. snapshot.Bindings, Bound("admins", "cluster-admin", Subject(rest))] },
            "holds" => snapshot with { Bindings = [.. snapshot.Bindings, Bound($"holds-{part[0]}", part[0], RoleSubject.Account("x", "a"))] },
            "holdsin" => snapshot with { Bindings = [.. snapshot.Bindings, new RoleBinding { Namespace = part[0], Name = $"holds-{part[1]}", RoleKind = "ClusterRole", Role = part[1], Subjects = [RoleSubject.Account("x", "a")] }] },
            "role" => snapshot with { Roles = [.. snapshot.Roles, new RoleDefinition(null, part[0], [Rule("get", "pods", null)])] },
            "sum" => snapshot with
            {
                Roles =
                [
                    .. snapshot.Roles, new RoleDefinition(null, part[0], [Rule("get", "pods", null)]) { AggregatedFrom = ["to-sum=true"] },
                    new RoleDefinition(null, part[1], [Rule("get", "pods", null)]) { Labels = new Dictionary<string, string> { ["to-sum"] = "true" } },
                ],
            },
            _ => throw new ArgumentException(change),
        };
    }

    private static RoleBinding Bound(string name, string role, RoleSubject subject) => new() { Name = name, RoleKind = "ClusterRole", Role = role, Subjects = [subject] };
}
