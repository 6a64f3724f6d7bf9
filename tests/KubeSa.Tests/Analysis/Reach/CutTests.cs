using KubeSa.Analysis.Snapshot;
using Xunit;

namespace KubeSa.Tests.Analysis.Reach;

/// <summary>What to take away: the smallest set, and without it there is no path left.</summary>
public sealed class CutTests
{
    private const string Admin = "cluster-admin";

    [Theory]
    [InlineData("x/a@* create serviceaccounts/token", "ClusterRoleBinding g1")]
    [InlineData("x/a@* create serviceaccounts/token; x/a@* create pods", "ClusterRoleBinding strong-admin")]
    [InlineData("x/a@* create serviceaccounts/token; x/a@* *  *.*", "ClusterRoleBinding g1 | ClusterRoleBinding g2")]
    [InlineData("x/a@x create serviceaccounts/token; x/b@* * *.*", "RoleBinding x/g1")]
    [InlineData("x/a@* bind clusterroles.rbac.authorization.k8s.io; x/a@* create clusterrolebindings.rbac.authorization.k8s.io", "ClusterRoleBinding g1")]
    [InlineData("x/a@* bind clusterroles.rbac.authorization.k8s.io; x/a@* create clusterrolebindings.rbac.authorization.k8s.io; group:system:serviceaccounts@* create clusterrolebindings.rbac.authorization.k8s.io", "ClusterRoleBinding g1")]
    [InlineData("x/a@x create secrets; x/a@x create serviceaccounts/token [b]; x/b@x get secrets; x/default@* * *.*", "RoleBinding x/g2")]
    public void The_smallest_set_closes_all_paths(string grants, string cut)
    {
        var snapshot = Universe.Of(grants, "psa:x/restricted psa:y/restricted psa:kube-system/restricted");
        var path = PathFinding.Of(snapshot, Admin)[0];
        Assert.Equal(cut.Split(" | "), path.Cut.Order());
        Assert.Empty(PathFinding.Of(Without(snapshot, path.Cut), Admin));
    }

    /// <summary>A rule of a role that two bindings give is one thing to take away, and the bindings are two.</summary>
    [Fact]
    public void A_rule_is_cut_where_that_is_less()
    {
        var snapshot = Universe.Of("x/a@* create serviceaccounts/token [strong]");
        snapshot = snapshot with { Bindings = [.. snapshot.Bindings, new RoleBinding { Name = "again", RoleKind = "ClusterRole", Role = "g1", Subjects = [RoleSubject.Account("x", "a")] }] };
        var cut = Assert.Single(PathFinding.Of(snapshot, Admin)[0].Cut);
        Assert.Equal("rule 'create serviceaccounts/token [strong]' of ClusterRole g1", cut);
    }

    [Fact]
    public void What_no_binding_gives_no_binding_takes_away()
    {
        var snapshot = Universe.Of(string.Empty);
        var path = Assert.Single(PathFinding.Of(snapshot, "node/n1", "kube-system/strong"));
        Assert.Equal(["ClusterRoleBinding strong-admin"], path.Cut);
    }

    /// <summary>Two hundred drawn policies: the cut closes all paths, and no smaller set of bindings and rules of those on the paths does.</summary>
    [Fact]
    public void The_cut_of_drawn_policies_closes_them_and_no_smaller_one_does()
    {
        var (cut, wrong) = (0, new List<string>());
        for (var seed = 0; seed < 200; seed++)
        {
            var drawn = DrawnPolicy.Of(seed);
            foreach (var path in PathFinding.Of(drawn, Admin, "x/a").Take(1).Where(path => path.Cut.Length > 0))
            {
                cut++;
                if (PathFinding.Of(Without(drawn, path.Cut), Admin).Count > 0)
                {
                    wrong.Add($"{seed}: {string.Join(", ", path.Cut)} leaves a path");
                }

                if (path.Cut.Length == 2 && drawn.Bindings.Select(binding => $"{binding.Kind} {binding}").Any(one => PathFinding.Of(Without(drawn, [one]), Admin).Count == 0))
                {
                    wrong.Add($"{seed}: {string.Join(", ", path.Cut)} is not the smallest");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.InRange(cut, 20, 200);
    }

    internal static AccessSnapshot Without(AccessSnapshot snapshot, IEnumerable<string> cut)
    {
        var removed = cut.ToHashSet();
        return snapshot with
        {
            Bindings = [.. snapshot.Bindings.Where(binding => !removed.Contains($"{binding.Kind} {binding}"))],
            Roles =
            [
                .. snapshot.Roles.Select(role => role with
                {
                    Rules = [.. role.Rules.Where(rule => !removed.Contains($"rule '{string.Join(",", rule.Verbs)} {RuleText.Of([.. rule.ApiGroups], [.. rule.Resources], [.. rule.ResourceNames], [])}' of {(role.Namespace is null ? "ClusterRole " : $"Role {role.Namespace}/")}{role.Name}"))],
                }),
            ],
        };
    }
}
