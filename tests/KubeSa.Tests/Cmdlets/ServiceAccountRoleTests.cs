using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class ServiceAccountRoleTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private readonly HostedEngine _engine = sandbox.Connect();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Grants_a_cluster_role_in_a_namespace_and_takes_it_back()
    {
        var binding = Assert.Single(_engine.Run("New-KubeServiceAccount g1 | Grant-KubeServiceAccountRole -ClusterRole view").RequireNoErrors().As<RoleBinding>());
        Assert.Equal(("RoleBinding", "default", "view-g1", "ClusterRole", "view"), (binding.Kind, binding.Namespace, binding.Name, binding.RoleKind, binding.Role));
        Assert.Equal("ServiceAccount default/g1", Assert.Single(binding.Subjects).ToString());
        Assert.True(May("g1", "list pods"));

        var removed = Assert.Single(_engine.Run("Get-KubeServiceAccount g1 | Revoke-KubeServiceAccountRole -ClusterRole view").RequireNoErrors().As<RoleBinding>());
        Assert.True(removed.IsRemoved);
        Assert.False(May("g1", "list pods"));
    }

    [Fact]
    public void Grants_a_role_to_an_account_of_another_namespace()
    {
        var binding = Assert.Single(_engine.Run("Grant-KubeServiceAccountRole team-b/viewer -Role pod-reader -Namespace team-a").RequireNoErrors().As<RoleBinding>());
        Assert.Equal(("team-a", "pod-reader-team-b-viewer", "Role"), (binding.Namespace, binding.Name, binding.RoleKind));
        Assert.Equal("ServiceAccount team-b/viewer", Assert.Single(binding.Subjects).ToString());
    }

    [Fact]
    public void Grants_cluster_wide()
    {
        var binding = Assert.Single(_engine.Run("New-KubeServiceAccount g2 | Grant-KubeServiceAccountRole -ClusterRole view -ClusterWide").RequireNoErrors().As<RoleBinding>());
        Assert.Equal(("ClusterRoleBinding", null, "view-default-g2"), (binding.Kind, binding.Namespace, binding.Name));
        Assert.True(May("g2", "list pods -AllNamespaces"));
        _engine.Run("Revoke-KubeServiceAccountRole g2 -ClusterRole view -ClusterWide").RequireNoErrors();
        Assert.False(May("g2", "list pods -AllNamespaces"));
    }

    [Fact]
    public void Changes_nothing_where_the_role_is_held_or_not_held_already()
    {
        const string Script = "New-KubeServiceAccount g3 | Out-Null; 1..2 | ForEach-Object { Grant-KubeServiceAccountRole g3 -ClusterRole edit }";
        var bindings = _engine.Run(Script.Replace(" | Out-Null", " > $null", StringComparison.Ordinal)).RequireNoErrors().As<RoleBinding>();
        Assert.Equal(bindings[0].ResourceVersion, bindings[1].ResourceVersion);
        Assert.Equal(bindings[0].Uid, bindings[1].Uid);
        Assert.Empty(_engine.Run("Revoke-KubeServiceAccountRole g3 -ClusterRole admin").RequireNoErrors().Output);
    }

    [Fact]
    public void Grants_two_accounts_by_one_binding_where_it_is_named()
    {
        var bindings = _engine.Run("'n1', 'n2', 'n1' | Grant-KubeServiceAccountRole -ClusterRole view -BindingName both -Namespace default -WarningAction Ignore").RequireNoErrors().As<RoleBinding>();
        Assert.Equal(["default/both", "default/both", "default/both"], bindings.Select(binding => binding.ToString()));
        Assert.Equal(["ServiceAccount default/n1", "ServiceAccount default/n2"], bindings[^1].Subjects.Select(subject => subject.ToString()));
        Assert.True(May("n1", "list pods") && May("n2", "list pods"));

        var failure = _engine.Run("Grant-KubeServiceAccountRole n1 -ClusterRole edit -BindingName both -Namespace default -WarningAction Ignore").RequireError("Conflict");
        Assert.Contains("RoleBinding 'default/both' gives ClusterRole 'view'", failure.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cluster-admin", "-ClusterWide", false)]
    [InlineData("everything", "-ClusterWide", false)]
    [InlineData("cluster-admin", "-ClusterWide -Force", true)]
    [InlineData("cluster-admin", "-ClusterWide -Confirm:$false", true)]
    [InlineData("cluster-admin", "", true)]
    [InlineData("admin", "-ClusterWide", true)]
    public void Asks_before_an_account_gets_all_rights_in_the_whole_cluster(string role, string how, bool goesOn)
    {
        // This engine's host can ask nobody, so that who would be asked gets an error.
        Kubectl.Run(sandbox.Server.KubeConfig, "delete", "clusterrole", "everything", "--ignore-not-found");
        Kubectl.Run(sandbox.Server.KubeConfig, "create", "clusterrole", "everything", "--verb=*", "--resource=*.*");
        var result = _engine.Run($"Grant-KubeServiceAccountRole asked -ClusterRole {role} {how} -WarningAction Ignore");
        if (goesOn)
        {
            Assert.Single(result.RequireNoErrors().Output);
            _engine.Run($"Revoke-KubeServiceAccountRole asked -ClusterRole {role} {how.Replace("-Force", "", StringComparison.Ordinal)}").RequireNoErrors();
            return;
        }

        Assert.Contains("allows everything, and nobody can be asked here", result.RequireError("InvalidRequest").Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_engine.Run($"Grant-KubeServiceAccountRole asked -ClusterRole {role} {how} -WhatIf -WarningAction Ignore").RequireNoErrors().Output);
    }

    [Fact]
    public void Takes_the_account_out_of_a_binding_and_leaves_the_others_in()
    {
        Kubectl.Run(sandbox.Server.KubeConfig, "create", "rolebinding", "shared", "--clusterrole=view", "--serviceaccount=default:s1", "--serviceaccount=default:s2", "--user=jane");
        var left = Assert.Single(_engine.Run("Revoke-KubeServiceAccountRole s1 -ClusterRole view").RequireNoErrors().As<RoleBinding>());
        Assert.Equal(["User jane", "ServiceAccount default/s2"], left.Subjects.Select(subject => subject.ToString()));
        Assert.False(left.IsRemoved);
        Assert.False(May("s1", "list pods"));
        Assert.True(May("s2", "list pods"));
    }

    /// <summary>Every form in which a server keeps subjects, and which of them are the account harbor/pilot's.</summary>
    private const string Harbor = """
        apiVersion: v1
        kind: List
        items:
        - {apiVersion: v1, kind: Namespace, metadata: {name: harbor}}
        - {apiVersion: v1, kind: ServiceAccount, metadata: {name: pilot, namespace: harbor}}
        - {apiVersion: v1, kind: ServiceAccount, metadata: {name: tug, namespace: harbor}}
        - apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: {name: pair, namespace: harbor}
          subjects:
          - {kind: ServiceAccount, name: pilot}
          - {kind: ServiceAccount, name: tug}
          - {kind: ServiceAccount, name: pilot, namespace: team-a}
          - {kind: User, name: jane, namespace: harbor, apiGroup: rbac.authorization.k8s.io}
          - {kind: Group, name: ops}
          roleRef: {kind: ClusterRole, name: view, apiGroup: rbac.authorization.k8s.io}
        """;

    [Fact]
    public void A_subject_without_a_namespace_is_the_bindings_own_and_the_others_stay_as_they_were()
    {
        Kubectl.Apply(sandbox.Server.KubeConfig, Harbor);
        Assert.Contains("pair", _engine.Run("(Get-KubeAccessRule harbor/pilot).Binding").RequireNoErrors().Text);
        Assert.Contains("harbor/pilot", _engine.Run("Find-KubeAccess list pods -Namespace harbor | ForEach-Object { \"$($_.Namespace)/$($_.ServiceAccount)\" }").RequireNoErrors().Text);
        Assert.Equal("pair", Assert.Single(_engine.Run("Grant-KubeServiceAccountRole harbor/pilot -ClusterRole view").RequireNoErrors().As<RoleBinding>()).Name);

        string Subjects() => Kubectl.Run(sandbox.Server.KubeConfig, "get", "rolebinding", "pair", "-n", "harbor", "-o", "jsonpath={.subjects}");
        var before = Subjects();
        var left = Assert.Single(_engine.Run("Revoke-KubeServiceAccountRole harbor/pilot -ClusterRole view").RequireNoErrors().As<RoleBinding>());
        Assert.Equal(["ServiceAccount harbor/tug", "ServiceAccount team-a/pilot", "User jane", "Group ops"], left.Subjects.Select(subject => subject.ToString()));
        Assert.Equal(before.Replace("{\"kind\":\"ServiceAccount\",\"name\":\"pilot\"},", string.Empty, StringComparison.Ordinal), Subjects());
        Assert.False(May("harbor/pilot", "list pods"));
        Assert.True(May("harbor/tug", "list pods"));
    }

    [Fact]
    public void Warns_of_a_role_that_is_still_held_through_a_group()
    {
        Kubectl.Run(sandbox.Server.KubeConfig, "create", "rolebinding", "all", "--clusterrole=edit", "--group=system:serviceaccounts:kube-public", "--namespace=kube-public");
        var result = _engine.Run("Revoke-KubeServiceAccountRole kube-public/default -ClusterRole edit").RequireNoErrors();
        Assert.Contains("system:serviceaccounts:kube-public", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Gives_a_new_binding_another_name_where_the_first_is_taken()
    {
        _engine.Run("New-KubeServiceAccount g5 > $null; Grant-KubeServiceAccountRole g5 -ClusterRole view -BindingName edit-g5").RequireNoErrors();
        Assert.Equal("edit-g5-2", Assert.Single(_engine.Run("Grant-KubeServiceAccountRole g5 -ClusterRole edit").RequireNoErrors().As<RoleBinding>()).Name);
    }

    [Fact]
    public void Says_that_the_role_does_not_exist()
    {
        Assert.Equal("nope", _engine.Run("Grant-KubeServiceAccountRole default -ClusterRole nope").RequireError("NotFound").TargetObject);
        Assert.Equal("team-a/nope", _engine.Run("Grant-KubeServiceAccountRole team-a/web -Role nope").RequireError("NotFound").TargetObject);
        Assert.Contains("nope", Assert.Single(_engine.Run("Revoke-KubeServiceAccountRole default -ClusterRole nope").RequireNoErrors().Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_nothing_with_WhatIf_and_warns_of_a_missing_account()
    {
        var result = _engine.Run("Grant-KubeServiceAccountRole ghost -ClusterRole view -WhatIf").RequireNoErrors();
        Assert.Empty(result.Output);
        Assert.Contains("default/ghost", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.False(May("ghost", "list pods"));
    }

    [Fact]
    public void Explains_that_nobody_gives_away_what_they_do_not_hold()
    {
        using var deployer = sandbox.Connect("deployer");
        _engine.Run("Grant-KubeServiceAccountRole team-a/deployer -ClusterRole admin").RequireNoErrors();
        var error = deployer.Run("Grant-KubeServiceAccountRole web -ClusterRole cluster-admin").RequireError("Forbidden");
        Assert.Contains("does not hold itself", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("system:serviceaccount:team-a:deployer", error.ToString(), StringComparison.Ordinal);
    }

    private bool May(string account, string what) =>
        Assert.Single(_engine.Run($"Test-KubeAccess {what} -ServiceAccount {account} -Quiet").RequireNoErrors().As<bool>());
}
