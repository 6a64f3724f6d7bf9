using System.Text.Json.Nodes;
using static KubeSa.Sandbox.Auth.Rbac.RbacObjects;

namespace KubeSa.Sandbox.Scenarios;

/// <summary>A cluster that two teams have worked in for years; the same for today's version and the old one.</summary>
internal sealed class SmallCluster(string name, ServerVersion serverVersion) : IScenario
{
    private const int Oldest = 700;

    public string Name { get; } = name;

    public ServerVersion ServerVersion { get; } = serverVersion;

    public TimeSpan Age { get; } = TimeSpan.FromDays(Oldest);

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
        build.DaysAgo(Oldest);
        build.Node("node-1");
        foreach (var ns in new[] { "default", "kube-node-lease", "kube-public" })
        {
            build.Account(ns, "default");
        }

        SystemParts(build);
        TeamA(build);
        TeamB(build);
        Tools(build);
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
        build.DaysAgo(540);
        build.Namespace("team-a");
        build.Account("team-a", "default");
        build.Account("team-a", "web", account => account["automountServiceAccountToken"] = false);
        build.DaysAgo(214);
        build.Account("team-a", "builder", account => account["imagePullSecrets"] = new JsonArray(new JsonObject { ["name"] = "registry-login" }));
        build.PullSecret("team-a", "registry-login");
        build.Account("team-a", "reader");
        build.Account("team-a", "deployer");
        build.DaysAgo(41);
        build.Account("team-a", "pod-watcher");
        build.Role("team-a", "pod-reader", Rule("get list watch", "core", "pods pods/log serviceaccounts configmaps"));
        build.Bind("team-a", "pod-reader-reader", "pod-reader", Account("team-a", "reader"), "Role");
        build.Bind("team-a", "edit-deployer", "edit", Account("team-a", "deployer"));
        build.Role("", "pod-watcher", Rule("get list watch", "core", "pods"));
        build.Bind("", "pod-watcher", "pod-watcher", Account("team-a", "pod-watcher"));
        build.ConfigMap("team-a", "settings", new JsonObject { ["colour"] = "blue" });
        build.DaysAgo(6);
        build.Deployment("team-a", "web", "web", 2);
        build.Deployment("team-a", "pod-watcher", "pod-watcher", 1);
        build.Pod("team-a", "build-7", "builder");
    }

    private static void TeamB(ScenarioBuilder build)
    {
        build.DaysAgo(Oldest);
        build.Namespace("team-b");
        build.Account("team-b", "default");
        build.Account("team-b", "unused");
        build.DaysAgo(120);
        build.Account("team-b", "viewer");
        build.Bind("", "viewer-view", "view", Account("team-b", "viewer"));
        build.DaysAgo(13);
        build.Deployment("team-b", "reports", "viewer", 1);
        build.Deployment("team-b", "worker", "default", 2);
    }

    // What accumulates: a robot that works from outside of the cluster with far more rights than it needs and a token that never
    // expires, rights of an account that was deleted, which whoever creates one of that name has, and a token that nobody used for so
    // long that the server no longer takes it. 1.20 has made both Secrets by itself.
    private void Tools(ScenarioBuilder build)
    {
        build.DaysAgo(365);
        build.Namespace("tools");
        build.Account("tools", "default");
        build.Account("tools", "ci-robot");
        build.Bind("", "ci-robot-admin", "cluster-admin", Account("tools", "ci-robot"));
        build.Bind("tools", "edit-old-deployer", "edit", Account("tools", "old-deployer"));
        if (!ServerVersion.MakesTokenSecrets)
        {
            build.TokenSecret("tools", "ci-robot-token", "ci-robot", lastUsed: 1);
            build.DaysAgo(Oldest);
            build.TokenSecret("team-b", "unused-token", "unused", lastUsed: 440, invalidSince: 75);
        }
    }
}
