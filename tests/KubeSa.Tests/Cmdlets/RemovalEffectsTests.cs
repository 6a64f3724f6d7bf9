using KubeSa.Api;
using KubeSa.Cmdlets;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>What is said of an account before it is removed.</summary>
public sealed class RemovalEffectsTests
{
    private static readonly ServiceAccount App = new() { Namespace = "ns", Name = "app", Uid = "u" };

    [Fact]
    public void Nothing_is_said_where_nothing_uses_it()
    {
        var effects = RemovalEffects.Of(App, Around(new NamespaceUsage("ns", [new PodUse("Pod", "p", "other")], [])));
        Assert.Equal((null, string.Empty), (effects.Warning, effects.Summary));
    }

    [Fact]
    public void Pods_workloads_holders_of_its_token_and_bindings_are_named()
    {
        var usage = new NamespaceUsage(
            "ns",
            [
                new PodUse("Pod", "web-1-a", "app") { Owner = "Deployment/web" },
                new PodUse("Pod", "alone", "app"),
                new PodUse("Pod", "done", "app") { IsOver = true },
                new PodUse("Pod", "thief", "other") { Secrets = [new SecretUse("app-key", "v", "/creds/token")] },
            ],
            [new PodUse("Deployment", "web", "app"), new PodUse("CronJob", "nightly", "app")],
            new Dictionary<string, string?> { ["app-key"] = "app" });
        var effects = RemovalEffects.Of(App, Around(usage, Binding("ns", "view-app"), Binding(null, "all-app")));
        Assert.Contains("2 pods of it will be refused by the server: alone, web-1-a.", effects.Warning, StringComparison.Ordinal);
        Assert.Contains("2 workloads can start no new pods: CronJob/nightly, Deployment/web.", effects.Warning, StringComparison.Ordinal);
        Assert.Contains("Its token is also in 1 pod of other accounts: thief (as other).", effects.Warning, StringComparison.Ordinal);
        Assert.Contains("These bindings stay behind and count for whoever creates an account of that name: RoleBinding ns/view-app, ClusterRoleBinding all-app", effects.Warning, StringComparison.Ordinal);
        Assert.Equal(" (still used by: 2 pods, 2 workloads, 1 pod of other accounts, 2 bindings)", effects.Summary);
    }

    [Fact]
    public void What_may_not_be_looked_at_is_said_to_be_unknown()
    {
        var around = Around(new NamespaceUsage("ns", [], [])) with
        {
            Looks = [new LookupResult("pods", new KubeApiException(FailureKind.Forbidden, "no")), new LookupResult("ClusterRoleBindings", new KubeApiException(FailureKind.ServerError, "no"))],
        };
        var effects = RemovalEffects.Of(App, around);
        Assert.Equal("Removing ServiceAccount ns/app: Whether more uses it is unknown, for these may not be looked at: pods, ClusterRoleBindings (ServerError).", effects.Warning);
        Assert.Equal(" (still used by: more that may not be looked at)", effects.Summary);
    }

    [Fact]
    public void Long_lists_are_cut()
    {
        var usage = new NamespaceUsage("ns", [.. Enumerable.Range(10, 5000).Select(number => new PodUse("Pod", $"p{number}", "app"))], []);
        var effects = RemovalEffects.Of(App, Around(usage));
        Assert.Contains("5000 pods of it will be refused by the server: p10, p100, p1000 and 4997 more.", effects.Warning, StringComparison.Ordinal);
        Assert.InRange(effects.Warning!.Length, 50, 300);
    }

    private static RoleBinding Binding(string? ns, string name) =>
        new() { Namespace = ns, Name = name, RoleKind = "ClusterRole", Role = "view", Subjects = [RoleSubject.Account("ns", "app")] };

    private static AccountSurroundings Around(NamespaceUsage usage, params RoleBinding[] bindings) => new("ns", usage, [], bindings, [new LookupResult("pods", null)]);
}
