using KubeSa.Analysis.Snapshot;
using KubeSa.Api;

namespace KubeSa.Tests.Analysis;

/// <summary>A large cluster as such clusters are: most accounts hold nothing, some hold a role in their namespace, few hold one everywhere.</summary>
internal static class GeneratedCluster
{
    private static readonly (string Verbs, string Groups, string Resources)[] Rules =
    [
        ("get,list,watch", "", "pods,services,configmaps"), ("get,list,watch", "apps", "deployments,replicasets"), ("*", "apps", "deployments"), ("create,get", "", "pods"), ("get,list", "", "secrets"),
        ("create", "", "serviceaccounts/token"), ("get,update", "coordination.k8s.io", "leases"), ("create,patch", "", "events"), ("get,list", "", "nodes"), ("create,get", "", "secrets"), ("create", "", "pods/exec"),
        ("get,list,watch", "*", "*"), ("create", "rbac.authorization.k8s.io", "rolebindings"), ("bind", "rbac.authorization.k8s.io", "clusterroles"), ("patch", "", "namespaces"), ("delete", "", "pods"),
    ];

    private static readonly string[] AccountNames = ["default", "web", "ci"];

    /// <param name="scale">1 for 1,000 namespaces, 3,000 accounts, 15,000 pods, 500 bindings and 200 roles; 10 for ten times as many.</param>
    internal static AccessSnapshot Of(int scale)
    {
        var random = new Random(7);
        var namespaces = Enumerable.Range(0, 1000 * scale).Select(i => $"team-{i}").ToArray();
        var nodes = Enumerable.Range(0, 50 * scale).Select(i => $"node-{i}").ToArray();
        var accounts = namespaces.SelectMany(ns => AccountNames.Select(name => new SnapshotAccount(ns, name))).ToList();
        var roles = Enumerable.Range(0, 200 * scale).Select(i => new RoleDefinition(null, $"role-{i}", [.. Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Rule(Rules[random.Next(Rules.Length)]))])).ToList();
        roles.Add(new RoleDefinition(null, "cluster-admin", [Rule(("*", "*", "*"))]) { Labels = new Dictionary<string, string> { ["kubernetes.io/bootstrapping"] = "rbac-defaults" } });
        var bindings = Enumerable.Range(0, 500 * scale).Select(i =>
        {
            var account = accounts[random.Next(accounts.Count)];
            var everywhere = i % 50 == 0;
            return new RoleBinding
            {
                Namespace = everywhere ? null : account.Namespace,
                Name = $"binding-{i}",
                RoleKind = "ClusterRole",
                Role = i % 500 == 1 ? "cluster-admin" : $"role-{random.Next(200 * scale)}",
                Subjects = i % 100 == 7 ? [new RoleSubject("Group", null, $"system:serviceaccounts:{account.Namespace}")] : [RoleSubject.Account(account.Namespace, account.Name)],
            };
        }).ToList();
        return new AccessSnapshot
        {
            TakenAt = SmallSnapshot.Taken,
            Cluster = new SnapshotCluster { Name = "large", Server = "https://large", Version = "v1.36.2" },
            Namespaces = [.. namespaces.Select((ns, i) => new SnapshotNamespace(ns) { Labels = i % 3 == 0 ? new Dictionary<string, string> { ["pod-security.kubernetes.io/enforce"] = "restricted" } : new Dictionary<string, string>() })],
            Nodes = [.. nodes.Select((name, i) => new SnapshotNode(name) { IsControlPlane = i < 3 })],
            Accounts = accounts,
            Roles = roles,
            Bindings = bindings,
            Pods = [.. Enumerable.Range(0, 15000 * scale).Select(i =>
            {
                var account = accounts[random.Next(accounts.Count)];
                return new SnapshotWorkload("Pod", account.Namespace, $"{account.Name}-{i}") { ServiceAccount = account.Name, HasOwnToken = i % 4 != 0, Node = nodes[random.Next(nodes.Length)], Owner = $"ReplicaSet/{account.Name}" };
            })],
            Workloads = [.. namespaces.Select(ns => new SnapshotWorkload("Deployment", ns, "web") { Group = "apps", ServiceAccount = "web" })],
            Secrets = [.. namespaces.Where((_, i) => i % 10 == 0).Select(ns => new SnapshotSecret(ns, "ci-token") { Type = SnapshotSecret.TokenType, Annotations = new Dictionary<string, string> { ["kubernetes.io/service-account.name"] = "ci" } })],
        };
    }

    private static RoleRule Rule((string Verbs, string Groups, string Resources) rule) =>
        new() { Verbs = rule.Verbs.Split(','), ApiGroups = rule.Groups.Split(','), Resources = rule.Resources.Split(',') };
}
