using KubeSa.Api;
using KubeSa.Cmdlets;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class NamespaceUsageTests
{
    private static readonly TokenMount Usual = new("kube-api-access-x", TokenMount.UsualFolder + "/token", null, 3607, TokenMountKind.Automount);
    private static readonly TokenMount Vault = new("vault", "/vault/token", "vault", 600, TokenMountKind.Projected);

    [Fact]
    public void A_pod_is_owned_by_the_deployment_behind_its_replica_set_and_has_a_line_for_each_token()
    {
        var usage = new NamespaceUsage(
            "ns",
            [new PodUse("Pod", "web-1-a", "web") { Owner = "ReplicaSet/web-1", Phase = "Running", Node = "n1", Mounts = [Usual, Vault] }],
            [new PodUse("Deployment", "web", "web"), new PodUse("ReplicaSet", "web-1", "web") { Owner = "Deployment/web" }]);
        var lines = usage.All.ToList();
        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.Equal(((string?)"web-1-a", (string?)"Deployment/web", (string?)"n1", (bool?)true, (bool?)true), (line.Pod, line.Workload, line.Node, line.Automount, line.IsUsed)));
        Assert.Equal([TokenMountKind.Automount, TokenMountKind.Projected], lines.Select(line => line.Mount!.Value));
        Assert.Equal((Vault.Path, "vault", 600L, "vault"), (lines[1].TokenPath, lines[1].TokenAudience, lines[1].TokenExpirationSeconds, lines[1].Volume));
        Assert.True(usage.IsUsed("web"));
        Assert.False(usage.IsUsed("other"));
    }

    [Fact]
    public void A_cron_job_uses_its_account_between_its_runs()
    {
        var usage = new NamespaceUsage(
            "ns",
            [new PodUse("Pod", "nightly-7-a", "batch") { Owner = "Job/nightly-7", Phase = "Succeeded", IsOver = true }],
            [
                new PodUse("CronJob", "nightly", "batch") { Automount = true },
                new PodUse("Job", "nightly-7", "batch") { Owner = "CronJob/nightly", IsOver = true },
            ]);
        Assert.Equal(
            [(null, "CronJob/nightly", true), ("nightly-7-a", "CronJob/nightly", false)],
            usage.Of("batch").Select(line => (line.Pod, line.Workload!, line.IsUsed!.Value)));
        Assert.True(usage.IsUsed("batch"));
    }

    [Fact]
    public void What_has_ended_uses_nothing()
    {
        var usage = new NamespaceUsage(
            "ns",
            [new PodUse("Pod", "once-a", "once") { Owner = "Job/once", Phase = "Succeeded", IsOver = true }],
            [new PodUse("Job", "once", "once") { IsOver = true }]);
        Assert.False(usage.IsUsed("once"));
        Assert.False(Assert.Single(usage.Of("once")).IsUsed!.Value);
    }

    [Fact]
    public void A_deployment_without_pods_uses_its_account_and_its_old_replica_sets_do_not()
    {
        var usage = new NamespaceUsage(
            "ns",
            [],
            [
                new PodUse("Deployment", "web", "new") { Automount = false },
                new PodUse("ReplicaSet", "web-1", "old") { Owner = "Deployment/web" },
            ]);
        var line = Assert.Single(usage.All);
        Assert.Equal((null, "Deployment/web", "new", false), (line.Pod, line.Workload, line.ServiceAccount, line.Automount!.Value));
        Assert.False(usage.IsUsed("old"));
    }

    [Fact]
    public void Who_has_no_token_opted_out_and_a_template_that_does_not_say_leaves_it_to_the_account()
    {
        var usage = new NamespaceUsage(
            "ns",
            [new PodUse("Pod", "a", "app") { Phase = "Running" }],
            [new PodUse("CronJob", "b", "app") { Automount = true }, new PodUse("CronJob", "c", "app") { Automount = false }, new PodUse("CronJob", "d", "app")]);
        Assert.Equal(
            [("CronJob/b", TokenMountKind.Automount), ("CronJob/c", TokenMountKind.None), ("CronJob/d", null), (null, TokenMountKind.None)],
            usage.Of("app").Select(line => (line.Workload, line.Mount)).OrderBy(line => line.Workload ?? "z", StringComparer.Ordinal));
    }

    [Fact]
    public void A_token_is_of_the_account_that_its_Secret_names_whoever_mounts_it_and_wherever()
    {
        var usual = $"{TokenMount.UsualFolder}/token";
        var usage = new NamespaceUsage(
            "ns",
            [
                new PodUse("Pod", "own", "a") { Secrets = [new SecretUse("a-key", "v", "/creds/token"), new SecretUse("tls", "w", "/tls/token")] },
                new PodUse("Pod", "other", "b") { Mounts = [Usual], Secrets = [new SecretUse("a-key", "v", "/creds/token"), new SecretUse("a-key", null, null)] },
                new PodUse("Pod", "taken", "b")
                {
                    Mounts = [new TokenMount("v", usual, null, null, TokenMountKind.Secret)],
                    Secrets = [new SecretUse("a-key", "v", usual)],
                },
            ],
            [],
            new Dictionary<string, string?> { ["a-key"] = "a", ["orphan"] = null });
        Assert.Equal(
            [
                ("other", "b", "/creds/token", "v", "never"),
                ("other", "b", null, null, "never"),
                ("own", null, "/creds/token", "v", "never"),
                ("taken", "b", usual, "v", "never"),
            ],
            usage.Of("a").Select(line => (line.Pod, line.RunsAs, line.TokenPath, line.Volume, line.Expires)));
        Assert.All(usage.Of("a"), line => Assert.Equal(TokenMountKind.Secret, line.Mount));
        Assert.Equal([("other", TokenMountKind.Automount, "60m"), ("taken", TokenMountKind.None, null)], usage.Of("b").Select(line => (line.Pod, line.Mount, line.Expires)));
        Assert.True(usage.IsUsed("a"));
    }

    [Fact]
    public void An_owner_that_is_no_workload_of_kubernetes_is_named()
    {
        var usage = new NamespaceUsage("ns", [new PodUse("Pod", "etcd", "default") { Owner = "Node/n1", Phase = "Running" }], []);
        Assert.Equal(("Node/n1", false), (Assert.Single(usage.All).Workload, usage.All.Single().Automount));
    }
}
