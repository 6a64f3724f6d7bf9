using KubeSa.Api;
using KubeSa.Rbac;
using Xunit;

namespace KubeSa.Tests.Rbac;

/// <summary>Who holds which rule, where it counts, and where it comes from.</summary>
public sealed class HeldRuleTests
{
    private static readonly RoleRule Secrets = new() { Verbs = ["get"], ApiGroups = [""], Resources = ["secrets"] };
    private static readonly RoleRule Metrics = new() { Verbs = ["get"], NonResourceUrls = ["/metrics"] };

    [Theory]
    [InlineData("ServiceAccount", "shop", "web", true)]
    [InlineData("ServiceAccount", "shop", "other", false)]
    [InlineData("User", null, "system:serviceaccount:shop:web", true)]
    [InlineData("Group", null, "system:serviceaccounts", true)]
    [InlineData("Group", null, "system:serviceaccounts:shop", true)]
    [InlineData("Group", null, "system:serviceaccounts:other", false)]
    [InlineData("Group", null, "system:authenticated", true)]
    [InlineData("Group", null, "system:unauthenticated", false)]
    [InlineData("Group", null, "system:masters", false)]
    public void An_account_holds_what_its_groups_hold(string kind, string? ns, string name, bool held)
    {
        var policy = Policy("shop", new RoleSubject(kind, ns, name));
        Assert.Equal(held, policy.Allowing("shop", "web", new AccessRequest("get") { Resource = "secrets", Namespace = "shop" }).Any());
    }

    [Theory]
    [InlineData("shop", "shop", true)]
    [InlineData("shop", "other", false)]
    [InlineData("shop", null, false)]
    [InlineData(null, "other", true)]
    [InlineData(null, null, true)]
    public void A_rule_counts_where_its_binding_is(string? scope, string? asked, bool allowed) => Assert.Equal(
        allowed,
        Policy(scope, RoleSubject.Account("shop", "web")).Allowing("shop", "web", new AccessRequest("get") { Resource = "secrets", Namespace = asked }).Any());

    [Fact]
    public void A_path_counts_through_bindings_of_the_cluster_alone()
    {
        var metrics = new AccessRequest("get") { NonResourceUrl = "/metrics" };
        Assert.Empty(Policy("shop", RoleSubject.Account("shop", "web")).Allowing("shop", "web", metrics));
        var held = Assert.Single(Policy(null, RoleSubject.Account("shop", "web")).Allowing("shop", "web", metrics));
        Assert.Equal((1, "b", "reader"), (held.Index, held.Binding.Name, held.Role.Name));
    }

    [Fact]
    public void A_binding_that_names_the_account_twice_gives_each_rule_once() => Assert.Equal(
        2,
        Policy(null, RoleSubject.Account("shop", "web"), new RoleSubject("Group", null, "system:serviceaccounts")).RulesFor("shop", "web").Count());

    [Fact]
    public void Groups_alone_are_asked_without_a_user() => Assert.Equal(
        2, Policy(null, new RoleSubject("Group", null, "ops")).RulesFor(null, ["ops"]).Count());

    /// <summary>Where a rule of an aggregated role can be taken away: from the roles that hold it themselves.</summary>
    [Fact]
    public void An_aggregated_rule_names_the_role_it_comes_from()
    {
        RoleDefinition Role(string name, string? gathers, params string[] labels) => new(null, name, [Secrets])
        {
            AggregatedFrom = gathers is null ? [] : [gathers],
            Labels = labels.ToDictionary(label => label, _ => "true"),
        };
        RoleDefinition[] roles =
        [
            Role("sum", "to-sum=true"),
            Role("part", null, "to-sum"),
            Role("middle", "to-middle=true", "to-sum"),
            Role("leaf", null, "to-middle"),
            Role("stranger", null, "to-other"),
            new RoleDefinition(null, "other-rule", [Metrics]) { Labels = new Dictionary<string, string> { ["to-sum"] = "true" } },
            Role("itself", "self=true", "self"),
        ];
        var policy = new RbacPolicy(roles, []);
        Assert.Equal(["leaf", "part"], policy.ContributorsOf(roles[0], Secrets));
        Assert.Empty(policy.ContributorsOf(roles[1], Secrets));
        Assert.Empty(policy.ContributorsOf(roles[6], Secrets));
        Assert.Equal(["part", "leaf"], new RbacPolicy(roles, [new RoleBinding { Name = "b", RoleKind = "ClusterRole", Role = "sum", Subjects = [RoleSubject.Account("a", "b")] }])
            .HeldBy("a", "b").Single().ContributingRoles.OrderDescending());
    }

    [Theory]
    [InlineData("a=b", "a=b", true)]
    [InlineData("a=b", "a=c", false)]
    [InlineData("a=b,c=d", "a=b", false)]
    [InlineData("a=b,c=d", "a=b c=d", true)]
    [InlineData("a in (x,b),c=d", "a=b c=d", true)]
    [InlineData("a in (x,y)", "a=b", false)]
    [InlineData("a notin (x,y)", "a=b", true)]
    [InlineData("a notin (b)", "a=b", false)]
    [InlineData("a notin (b)", "c=d", true)]
    [InlineData("a exists", "a=b", true)]
    [InlineData("a exists", "c=d", false)]
    [InlineData("a doesnotexist", "c=d", true)]
    [InlineData("a doesnotexist", "a=b", false)]
    [InlineData("rbac.authorization.k8s.io/aggregate-to-view=true", "rbac.authorization.k8s.io/aggregate-to-view=true", true)]
    [InlineData("", "a=b", true)]
    public void A_selector_fits_labels(string selector, string labels, bool fits) => Assert.Equal(
        fits, LabelSelectorText.Matches(selector, labels.Split(' ').Select(label => label.Split('=')).ToDictionary(label => label[0], label => label[1])));

    private static RbacPolicy Policy(string? scope, params RoleSubject[] subjects) => new(
        [new RoleDefinition(null, "reader", [Secrets, Metrics])],
        [new RoleBinding { Namespace = scope, Name = "b", RoleKind = "ClusterRole", Role = "reader", Subjects = subjects }]);
}
