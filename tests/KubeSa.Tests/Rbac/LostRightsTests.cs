using KubeSa.Rbac;
using Xunit;

namespace KubeSa.Tests.Rbac;

/// <summary>What a workload may do no longer when it runs as another account.</summary>
public sealed class LostRightsTests
{
    [Theory]
    [InlineData("get,list pods", "", "get, list pods in the namespace 'ns'")]
    [InlineData("get,list pods", "list pods", "get pods in the namespace 'ns'")]
    [InlineData("get,list pods", "get,list,watch pods", null)]
    [InlineData("get,list pods", "* *", null)]
    [InlineData("* pods", "get,list pods", "* pods in the namespace 'ns'")]
    [InlineData("get *", "get pods", "get *.* in the namespace 'ns'")]
    [InlineData("get pods/log", "get pods", "get pods/log in the namespace 'ns'")]
    [InlineData("get pods/log", "get pods/*", "get pods/log in the namespace 'ns'")]
    [InlineData("get pods/log", "get */log", null)]
    [InlineData("get secrets:tls", "get secrets", null)]
    [InlineData("get secrets", "get secrets:tls", "get secrets in the namespace 'ns'")]
    [InlineData("get secrets:tls,db", "get secrets:tls", "get secrets 'db' in the namespace 'ns'")]
    [InlineData("get pods", "cluster get pods", null)]
    [InlineData("cluster get pods", "get pods", "get pods in the whole cluster")]
    [InlineData("cluster get /metrics", "cluster get /healthz", "get /metrics in the whole cluster")]
    [InlineData("cluster get /metrics", "cluster get /*", null)]
    public void Names_what_the_other_account_has_not(string before, string after, string? lost) =>
        Assert.Equal(lost is null ? [] : [lost], LostRights.Between([Rule(before)], after.Length == 0 ? [] : [Rule(after)]));

    [Fact]
    public void Rights_that_come_from_several_rules_are_held_together() => Assert.Empty(
        LostRights.Between([Rule("get,list pods")], [Rule("get pods"), Rule("cluster list pods")]));

    [Fact]
    public void A_group_matters() => Assert.Equal(
        ["get deployments.apps in the namespace 'ns'"],
        LostRights.Between([Rule("get deployments", "apps")], [Rule("get deployments", "extensions")]));

    private static AccessRule Rule(string text, string group = "")
    {
        var isClusterWide = text.StartsWith("cluster ", StringComparison.Ordinal);
        var parts = text[(isClusterWide ? "cluster ".Length : 0)..].Split(' ');
        var what = parts[1].Split(':');
        var isPath = what[0].StartsWith('/');
        return new AccessRule
        {
            Namespace = "ns",
            ServiceAccount = "a",
            Scope = isClusterWide ? null : "ns",
            Verbs = parts[0].Split(','),
            ApiGroups = isPath ? [] : [what[0] == "*" ? "*" : group],
            Resources = isPath ? [] : [what[0]],
            ResourceNames = what.Length > 1 ? what[1].Split(',') : [],
            NonResourceUrls = isPath ? [what[0]] : [],
            BindingKind = "RoleBinding",
            Binding = "b",
            RoleKind = "Role",
            Role = "r",
            Subject = RoleSubject.Account("ns", "a"),
        };
    }
}
