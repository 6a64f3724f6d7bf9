using KubeSa.Sandbox.Auth;
using Xunit;

namespace KubeSa.Contract.Parts;

public sealed class RbacTests : IAsyncDisposable
{
    private const string Group = "rbac.authorization.k8s.io";
    private static readonly UserInfo Builder = new("system:serviceaccount:team-a:builder", "system:serviceaccounts", "system:authenticated");
    private readonly TestCluster _cluster = TestCluster.Bare();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public void Allows_in_the_namespace_of_the_binding_and_names_it()
    {
        Role("""{"verbs":["list"],"apiGroups":[""],"resources":["pods"]}""");

        var decision = _cluster.Ask(Builder, "list", "pods", "team-a");

        Assert.True(decision.IsAllowed);
        Assert.Equal("RBAC: allowed by RoleBinding \"r/team-a\" of Role \"r\" to ServiceAccount \"builder/team-a\"", decision.Reason);
        Assert.False(_cluster.Ask(Builder, "list", "pods", "team-b").IsAllowed);
        Assert.False(_cluster.Ask(Builder, "list", "pods").IsAllowed);
    }

    [Fact]
    public void A_rule_with_names_holds_for_those_names_alone()
    {
        Role("""{"verbs":["get"],"apiGroups":[""],"resources":["configmaps"],"resourceNames":["settings"]}""");

        Assert.True(_cluster.Ask(Builder, "get", "configmaps", "team-a", "settings").IsAllowed);
        Assert.False(_cluster.Ask(Builder, "get", "configmaps", "team-a", "other").IsAllowed);
        Assert.False(_cluster.Ask(Builder, "get", "configmaps", "team-a").IsAllowed);
    }

    [Theory]
    [InlineData("pods", "", "log", false)]
    [InlineData("pods/log", "", "log", true)]
    [InlineData("*/log", "", "log", true)]
    [InlineData("*", "", "log", true)]
    [InlineData("pods/log", "", "", false)]
    [InlineData("pods", "apps", "", false)]
    public void A_subresource_is_a_resource_of_its_own(string ruled, string group, string subresource, bool allowed)
    {
        Role($$"""{"verbs":["get"],"apiGroups":[""],"resources":["{{ruled}}"]}""");

        Assert.Equal(allowed, _cluster.Ask(Builder, "get", "pods", "team-a", "p", group, subresource).IsAllowed);
    }

    [Fact]
    public void A_binding_to_a_missing_role_is_told_in_the_refusal()
    {
        Bind("no-such");

        var decision = _cluster.Ask(Builder, "list", "secrets", "team-a");

        Assert.Equal(Verdict.NoOpinion, decision.Verdict);
        Assert.Equal("RBAC: role.rbac.authorization.k8s.io \"no-such\" not found", decision.Reason);
    }

    [Fact]
    public void A_subject_without_a_namespace_is_one_of_the_bindings_namespace()
    {
        _cluster.Create(Group, "roles", """{"metadata":{"name":"r","namespace":"team-a"},"rules":[{"verbs":["*"],"apiGroups":["*"],"resources":["*"]}]}""");
        _cluster.Create(Group, "rolebindings", """
            {"metadata":{"name":"r","namespace":"team-a"},"roleRef":{"kind":"Role","name":"r"},"subjects":[{"kind":"ServiceAccount","name":"builder"}]}
            """);

        Assert.True(_cluster.Ask(Builder, "delete", "secrets", "team-a").IsAllowed);
    }

    [Theory]
    [InlineData("/version", true)]
    [InlineData("/apis/apps", true)]
    [InlineData("/metrics", false)]
    public void Everybody_who_is_known_may_read_discovery(string path, bool allowed)
    {
        var decision = _cluster.State.Authorizer.Authorize(Builder, new AccessAttributes { Verb = "get", Path = path });

        Assert.Equal(allowed, decision.IsAllowed);
    }

    [Fact]
    public void Masters_may_do_anything_without_a_reason()
    {
        var decision = _cluster.Ask(new UserInfo("root", UserInfo.Masters), "delete", "anything");

        Assert.True(decision.IsAllowed);
        Assert.Empty(decision.Reason);
    }

    private void Role(string rule)
    {
        _cluster.Create(Group, "roles", """{"metadata":{"name":"r","namespace":"team-a"},"rules":[RULE]}""".Replace("RULE", rule, StringComparison.Ordinal));
        Bind("r");
    }

    private void Bind(string role) => _cluster.Create(Group, "rolebindings", $$"""
        {"metadata":{"name":"r","namespace":"team-a"},"roleRef":{"apiGroup":"{{Group}}","kind":"Role","name":"{{role}}"},
        "subjects":[{"kind":"ServiceAccount","name":"builder","namespace":"team-a"}]}
        """);
}
