using System.Text.Json.Nodes;
using KubeSa.Sandbox.Auth.Rbac;
using Xunit;

namespace KubeSa.Contract.Parts;

public sealed class RuleCoverageTests
{
    [Fact]
    public void Draws_the_missing_verbs_of_a_resource_together_and_sorts_the_lines()
    {
        var missing = RuleCoverage.Missing(
            [Rule("get", "core", "pods")],
            [Rule("get list", "core", "secrets"), Rule("get watch", "core", "pods"), Rule("*", "apps", "deployments")]);

        Assert.Equal(
            [
                "{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"watch\"]}",
                "{APIGroups:[\"\"], Resources:[\"secrets\"], Verbs:[\"get\" \"list\"]}",
                "{APIGroups:[\"apps\"], Resources:[\"deployments\"], Verbs:[\"*\"]}",
            ],
            missing);
    }

    [Fact]
    public void Several_rules_may_cover_one_together()
    {
        Assert.Empty(RuleCoverage.Missing(
            [Rule("get", "core", "pods"), Rule("list", "*", "*")], [Rule("get list", "core", "pods")]));
    }

    [Fact]
    public void A_right_to_one_name_does_not_cover_all()
    {
        Assert.NotEmpty(RuleCoverage.Missing([Rule("get", "core", "pods", "a")], [Rule("get", "core", "pods")]));
        Assert.Empty(RuleCoverage.Missing([Rule("get", "core", "pods")], [Rule("get", "core", "pods", "a")]));
    }

    [Fact]
    public void A_path_that_ends_in_a_star_covers_what_begins_so()
    {
        var held = RbacRule.Parse(RbacObjects.PathRule("get", "/apis/*"));

        Assert.Empty(RuleCoverage.Missing([held], [RbacRule.Parse(RbacObjects.PathRule("get", "/apis/apps"))]));
        Assert.Equal(
            ["{NonResourceURLs:[\"/metrics\"], Verbs:[\"get\"]}"],
            RuleCoverage.Missing([held], [RbacRule.Parse(RbacObjects.PathRule("get", "/metrics"))]));
    }

    private static RbacRule Rule(string verbs, string groups, string resources, string names = "") =>
        RbacRule.Parse((JsonNode)RbacObjects.Rule(verbs, groups, resources, names));
}
