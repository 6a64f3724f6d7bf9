using System.Text.Json.Nodes;
using static KubeSa.Sandbox.Auth.Rbac.RbacObjects;

namespace KubeSa.Sandbox.Scenarios;

/// <summary>A cluster that two teams work in; the same for today's version and the old one.</summary>
internal sealed class SmallCluster(string name, Dialect dialect) : IScenario
{
    public string Name { get; } = name;

    public Dialect Dialect { get; } = dialect;

    public IReadOnlyList<ScenarioUser> Users { get; } =
    [
        new("reader", "team-a", "reader"),
        new("deployer", "team-a", "deployer"),
        new("anonymous", "default", null),
    ];

    /// <summary>Runs as an account that may list the pods of all namespaces.</summary>
    public MountedDeployment? Mounted { get; } = new("team-a", "pod-watcher");

    public void Populate(SandboxState state)
    {
        var build = new ScenarioBuilder(state);
        build.Node("node-1");
        SystemParts(build);
        build.Namespace("team-a");
        build.Namespace("team-b");
        foreach (var ns in new[] { "default", "kube-node-lease", "kube-public", "team-a", "team-b" })
        {
            build.Account(ns, "default");
        }

        TeamA(build);
        TeamB(build);
    }

    private static void SystemParts(ScenarioBuilder build)
    {
        foreach (var account in new[] { "default", "coredns", "kube-proxy" })
        {
            build.Account("kube-system", account);
        }

        build.Role("", "system:coredns",
            Rule("list watch", "core", "endpoints services pods namespaces"), Rule("list watch", "discovery.k8s.io", "endpointslices"));
        build.Bind("", "system:coredns", "system:coredns", Account("kube-system", "coredns"));
        build.Deployment("kube-system", "coredns", "coredns", 2);
        build.Pod("kube-system", "kube-proxy-node-1", "kube-proxy");
    }

    private static void TeamA(ScenarioBuilder build)
    {
        build.Account("team-a", "web", account => account["automountServiceAccountToken"] = false);
        build.Account("team-a", "builder", account => account["imagePullSecrets"] = new JsonArray(new JsonObject { ["name"] = "registry-login" }));
        build.PullSecret("team-a", "registry-login");
        build.Account("team-a", "reader");
        build.Account("team-a", "deployer");
        build.Account("team-a", "pod-watcher");
        build.Role("team-a", "pod-reader", Rule("get list watch", "core", "pods pods/log serviceaccounts configmaps"));
        build.Bind("team-a", "pod-reader-reader", "pod-reader", Account("team-a", "reader"), "Role");
        build.Bind("team-a", "edit-deployer", "edit", Account("team-a", "deployer"));
        build.Role("", "pod-watcher", Rule("get list watch", "core", "pods"));
        build.Bind("", "pod-watcher", "pod-watcher", Account("team-a", "pod-watcher"));
        build.ConfigMap("team-a", "settings", new JsonObject { ["colour"] = "blue" });
        build.Deployment("team-a", "web", "web", 2);
        build.Deployment("team-a", "pod-watcher", "pod-watcher", 1);
        build.Pod("team-a", "build-7", "builder");
    }

    private static void TeamB(ScenarioBuilder build)
    {
        build.Account("team-b", "viewer");
        build.Account("team-b", "unused");
        build.Bind("", "viewer-view", "view", Account("team-b", "viewer"));
        build.Deployment("team-b", "reports", "viewer", 1);
        build.Deployment("team-b", "worker", "default", 2);
    }
}
