using KubeSa.Analysis.Snapshot;
using KubeSa.Api;

namespace KubeSa.Tests.Analysis.Reach;

/// <summary>Small universes drawn by a seed: a few accounts, roles and bindings that matter for escalation.</summary>
internal static class DrawnPolicy
{
    private static readonly string[] Rights =
    [
        "create serviceaccounts/token", "create serviceaccounts/token [b]", "create serviceaccounts/token [strong]", "create pods", "patch deployments.apps", "create deployments.apps", "create secrets",
        "get secrets", "list secrets", "get secrets [mine]", "bind clusterroles.rbac.authorization.k8s.io", "bind clusterroles.rbac.authorization.k8s.io [r0]", "create rolebindings.rbac.authorization.k8s.io",
        "create clusterrolebindings.rbac.authorization.k8s.io", "escalate clusterroles.rbac.authorization.k8s.io", "patch clusterroles.rbac.authorization.k8s.io", "escalate,patch roles.rbac.authorization.k8s.io",
        "impersonate serviceaccounts", "impersonate serviceaccounts [d]", "impersonate users", "impersonate groups", "impersonate users [jane]", "create serviceaccounts", "get pods", "create pods/exec",
        "list configmaps", "update pods/ephemeralcontainers",
    ];

    private static readonly string[] Subjects = ["x/a", "x/a", "x/a", "x/b", "y/d", "kube-system/default", "group:system:serviceaccounts:x", "group:system:serviceaccounts", "user:jane", "x/ghost"];

    private static readonly string?[] Scopes = [null, "x", "x", "y", "kube-system"];

    internal static AccessSnapshot Of(int seed)
    {
        var random = new Random(seed);
        var snapshot = Universe.Of(string.Empty, "psa:x/restricted psa:y/restricted psa:kube-system/restricted");
        var roles = Enumerable.Range(0, 5).Select(i => new RoleDefinition(null, $"r{i}", [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Right(random))])).ToList();
        var bindings = Enumerable.Range(0, 2 + random.Next(5)).Select(i => new RoleBinding
        {
            Namespace = Scopes[random.Next(Scopes.Length)],
            Name = $"b{i}",
            RoleKind = "ClusterRole",
            Role = random.Next(25) == 0 ? "gone" : $"r{random.Next(roles.Count)}",
            Subjects = [Subject(Subjects[random.Next(Subjects.Length)])],
        }).ToList();
        return snapshot with { Roles = [.. snapshot.Roles, .. roles], Bindings = [.. snapshot.Bindings, .. bindings] };
    }

    private static RoleRule Right(Random random)
    {
        var parts = Rights[random.Next(Rights.Length)].Split(' ');
        return Universe.Rule(parts[0], parts[1], parts.ElementAtOrDefault(2));
    }

    private static RoleSubject Subject(string who) => who.Split(':', 2) switch
    {
        ["user", var user] => new RoleSubject("User", null, user),
        ["group", var group] => new RoleSubject("Group", null, group),
        _ => RoleSubject.Account(who.Split('/')[0], who.Split('/')[1]),
    };
}
