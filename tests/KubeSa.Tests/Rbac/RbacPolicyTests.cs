using KubeSa.Api;
using KubeSa.Rbac;
using Xunit;

namespace KubeSa.Tests.Rbac;

public sealed class RbacPolicyTests
{
    private static readonly RoleRule ReadPods = new() { Verbs = ["get", "list"], ApiGroups = [""], Resources = ["pods", "pods/log"] };
    private static readonly RoleRule Health = new() { Verbs = ["get"], NonResourceUrls = ["/healthz", "/metrics/*"] };
    private static readonly RoleSubject Web = RoleSubject.Account("shop", "web");

    [Theory]
    [InlineData("get", "", "pods", null, null, true)]
    [InlineData("delete", "", "pods", null, null, false)]
    [InlineData("get", "apps", "pods", null, null, false)]
    [InlineData("get", "", "pods", "log", null, true)]
    [InlineData("get", "", "pods", "exec", null, false)]
    [InlineData("*", "", "pods", null, null, false)]
    [InlineData("get", "", "pods", null, "one", true)]
    public void A_rule_allows_what_it_lists(string verb, string group, string resource, string? sub, string? name, bool allowed) =>
        Assert.Equal(allowed, ReadPods.Allows(new AccessRequest(verb) { Group = group, Resource = resource, Subresource = sub, Name = name }));

    [Fact]
    public void Stars_allow_all_and_names_limit_to_those()
    {
        var all = new RoleRule { Verbs = ["*"], ApiGroups = ["*"], Resources = ["*"] };
        Assert.True(all.Allows(new AccessRequest("delete") { Group = "apps", Resource = "deployments", Subresource = "scale" }));
        Assert.True(all.Allows(new AccessRequest("*") { Group = "*", Resource = "*" }));
        var scale = new RoleRule { Verbs = ["update"], ApiGroups = ["apps"], Resources = ["*/scale"] };
        Assert.True(scale.Allows(new AccessRequest("update") { Group = "apps", Resource = "deployments", Subresource = "scale" }));
        Assert.False(scale.Allows(new AccessRequest("update") { Group = "apps", Resource = "deployments" }));
        var one = new RoleRule { Verbs = ["get"], ApiGroups = [""], Resources = ["secrets"], ResourceNames = ["tls"] };
        Assert.True(one.Allows(new AccessRequest("get") { Resource = "secrets", Name = "tls" }));
        Assert.False(one.Allows(new AccessRequest("get") { Resource = "secrets", Name = "other" }));
        Assert.False(one.Allows(new AccessRequest("get") { Resource = "secrets" }));
    }

    [Theory]
    [InlineData("/healthz", true)]
    [InlineData("/metrics/cadvisor", true)]
    [InlineData("/metrics", false)]
    [InlineData("/healthz/etcd", false)]
    public void Paths_are_matched_to_their_star(string path, bool allowed)
    {
        Assert.Equal(allowed, Health.Allows(new AccessRequest("get") { NonResourceUrl = path }));
        Assert.False(ReadPods.Allows(new AccessRequest("get") { NonResourceUrl = path }));
    }

    [Fact]
    public void An_account_holds_the_rules_of_bindings_that_name_it_or_its_group()
    {
        var policy = new RbacPolicy(
            [new RoleDefinition("shop", "reader", [ReadPods]), new RoleDefinition(null, "reader", [ReadPods, Health]), new RoleDefinition("other", "reader", [Health])],
            [
                Binding("shop", "own", "Role", Web),
                Binding("shop", "by-cluster-role", "ClusterRole", Web),
                Binding(null, "group", "ClusterRole", new RoleSubject("Group", null, "system:serviceaccounts:shop"), Web),
                Binding("other", "as-user", "ClusterRole", new RoleSubject("User", null, "system:serviceaccount:shop:web")),
                Binding("shop", "not-it", "Role", RoleSubject.Account("shop", "other")),
                Binding("shop", "dangling", "Role", Web, "gone"),
                Binding(null, "no-role-of-a-namespace", "Role", Web),
            ]);
        Assert.Equal(
            ["own shop", "by-cluster-role shop", "group ", "group ", "as-user other"],
            policy.HeldBy("shop", "web").Select(rule => $"{rule.Binding} {rule.Scope}"));
        Assert.Equal(["dangling", "no-role-of-a-namespace"], policy.DanglingFor("shop", "web").Select(binding => binding.Name));
    }

    /// <summary>How the server reads a subject, by kind, namespace and name, in the namespace of the binding or in none.</summary>
    [Theory]
    [InlineData("ServiceAccount", null, "web", "shop", "ServiceAccount shop/web")]
    [InlineData("ServiceAccount", "", "web", "shop", "ServiceAccount shop/web")]
    [InlineData("ServiceAccount", "stock", "web", "shop", "ServiceAccount stock/web")]
    [InlineData("ServiceAccount", null, "web", null, null)]
    [InlineData("User", null, "system:serviceaccount:shop:web", "shop", "ServiceAccount shop/web")]
    [InlineData("User", "shop", "jane", "shop", "User jane")]
    [InlineData("Group", "shop", "ops", "shop", "Group ops")]
    [InlineData("serviceaccount", "shop", "web", "shop", null)]
    [InlineData("Robot", null, "x", "shop", null)]
    public void A_subject_is_who_the_server_takes_it_for(string kind, string? ns, string name, string? bindingNamespace, string? who)
    {
        var subject = RoleSubject.Read(kind, null, ns, name, bindingNamespace);
        var binding = new RoleBinding { Namespace = bindingNamespace, Name = "b", RoleKind = "ClusterRole", Role = "reader", Subjects = [subject] };
        var grants = new RbacPolicy([new RoleDefinition(null, "reader", [ReadPods])], [binding]).WhoCan(new AccessRequest("list") { Resource = "pods" }, inNamespaces: true).ToList();
        Assert.Equal(who is null ? [] : [$"{who} in shop"], grants.Select(grant => grant.ToString()));
        Assert.All(grants, grant => Assert.Equal(grant.SubjectKind == "ServiceAccount", grant.ServiceAccount is not null));
    }

    [Fact]
    public void Who_can_are_the_subjects_of_the_bindings_that_count_there()
    {
        var policy = new RbacPolicy(
            [new RoleDefinition(null, "reader", [ReadPods, Health, new RoleRule { Verbs = ["get"], ApiGroups = [""], Resources = ["nodes"] }])],
            [
                Binding("shop", "here", "ClusterRole", Web, new RoleSubject("User", null, "system:serviceaccount:shop:other")),
                Binding(null, "everywhere", "ClusterRole", new RoleSubject("Group", null, "ops")),
            ]);
        Assert.Equal(
            ["ServiceAccount shop/web in shop", "ServiceAccount shop/other in shop", "Group ops in the whole cluster"],
            policy.WhoCan(new AccessRequest("list") { Resource = "pods" }, inNamespaces: true).Select(grant => grant.ToString()));
        Assert.Equal(
            ["Group ops in the whole cluster"],
            policy.WhoCan(new AccessRequest("get") { Resource = "nodes" }, inNamespaces: false).Select(grant => grant.ToString()));
        Assert.Equal(
            ["/healthz Group ops"],
            policy.WhoCan(new AccessRequest("get") { NonResourceUrl = "/healthz" }, inNamespaces: false).Select(grant => $"{grant.NonResourceUrl} {grant.SubjectKind} {grant.Subject}"));
    }

    [Fact]
    public void What_a_rule_is_about_is_told_in_one_text()
    {
        AccessRule Rule(RoleRule rule) => new RbacPolicy([new RoleDefinition("shop", "reader", [rule])], [Binding("shop", "b", "Role", Web)]).HeldBy("shop", "web").Single();
        Assert.Equal("pods, pods/log", Rule(ReadPods).What);
        Assert.Equal("deployments.apps/scale [a, b]", Rule(new RoleRule { Verbs = ["get"], ApiGroups = ["apps"], Resources = ["deployments/scale"], ResourceNames = ["a", "b"] }).What);
        Assert.Equal("*.*", Rule(new RoleRule { Verbs = ["*"], ApiGroups = ["*"], Resources = ["*"] }).What);
        Assert.Equal("shop/web: get,list pods, pods/log", Rule(ReadPods).ToString());
    }

    private static RoleBinding Binding(string? ns, string name, string roleKind, params RoleSubject[] subjects) =>
        new() { Namespace = ns, Name = name, RoleKind = roleKind, Role = "reader", Subjects = subjects };

    private static RoleBinding Binding(string? ns, string name, string roleKind, RoleSubject subject, string role) =>
        new() { Namespace = ns, Name = name, RoleKind = roleKind, Role = role, Subjects = [subject] };
}
