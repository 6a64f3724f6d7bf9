using k8s;
using k8s.Models;
using Xunit;

namespace KubeSa.Contract.Live;

public abstract partial class LiveContract
{
    [Fact]
    public void A_role_is_granted_held_and_revoked()
    {
        Texts("New-KubeServiceAccount entitled");
        Assert.Equal(["False"], Texts("(Test-KubeAccess list pods -ServiceAccount entitled).Allowed"));

        Texts("Grant-KubeServiceAccountRole entitled -ClusterRole view");
        Eventually(() => Texts("(Test-KubeAccess list pods -ServiceAccount entitled).Allowed") is ["True"]);
        Assert.Equal(["False"], Texts("(Test-KubeAccess list secrets -ServiceAccount entitled).Allowed"));
        Assert.Equal(["False"], Texts("(Test-KubeAccess list pods -ServiceAccount entitled -AllNamespaces).Allowed"));
        Assert.Equal(["True"], Texts("(Test-KubeAccess list deployments.apps -ServiceAccount entitled).Allowed"));
        Assert.Equal(["True"], Texts("(Test-KubeAccess get pods/log -ServiceAccount entitled).Allowed"));

        Texts("Revoke-KubeServiceAccountRole entitled -ClusterRole view");
        Eventually(() => Texts("(Test-KubeAccess list pods -ServiceAccount entitled).Allowed") is ["False"]);
    }

    [Fact]
    public void A_role_that_does_not_exist_is_not_granted()
    {
        Texts("New-KubeServiceAccount hopeful");
        Assert.Equal($"{cluster.Namespace}/no-such-role", _engine.Run("Grant-KubeServiceAccountRole hopeful -Role no-such-role").RequireError("NotFound").TargetObject);
        Assert.Empty(Texts("Revoke-KubeServiceAccountRole hopeful -Role no-such-role -WarningAction SilentlyContinue"));
    }

    [Fact]
    public void Another_is_impersonated_where_we_may()
    {
        using var engine = cluster.Connect("-As jane -AsGroup developers");
        Assert.Contains("'jane' may not", engine.Run("Get-KubeServiceAccount").RequireError("Forbidden").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_url_that_is_no_resource_is_asked_for() =>
        Assert.Equal(["True"], Texts("(Test-KubeAccess get -NonResourceUrl /healthz).Allowed"));

    [Fact]
    public async Task A_subject_without_a_namespace_holds_the_role_and_the_others_keep_it()
    {
        Texts("New-KubeServiceAccount pilot, tug");
        await cluster.Client.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(
            new V1RoleBinding
            {
                Metadata = new V1ObjectMeta { Name = "pair" },
                RoleRef = new V1RoleRef { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = "view" },
                Subjects = [new Rbacv1Subject { Kind = "ServiceAccount", Name = "pilot" }, new Rbacv1Subject { Kind = "ServiceAccount", Name = "tug" }],
            },
            cluster.Namespace,
            cancellationToken: TestContext.Current.CancellationToken);
        Eventually(() => Texts("(Test-KubeAccess list pods -ServiceAccount pilot).Allowed") is ["True"]);
        Assert.Contains("pair", Texts("(Get-KubeAccessRule pilot).Binding"));
        Assert.Contains("pilot", Texts("(Find-KubeAccess list pods).ServiceAccount"));
        Assert.Equal(["pair"], Texts("(Grant-KubeServiceAccountRole pilot -ClusterRole view).Name"));

        Assert.Equal([$"ServiceAccount {cluster.Namespace}/tug"], Texts("(Revoke-KubeServiceAccountRole pilot -ClusterRole view).Subjects"));
        Eventually(() => Texts("(Test-KubeAccess list pods -ServiceAccount pilot).Allowed") is ["False"]);
        Assert.Equal(["True"], Texts("(Test-KubeAccess list pods -ServiceAccount tug).Allowed"));
    }

    [Fact]
    public void One_right_is_granted_and_no_more()
    {
        Texts("New-KubeServiceAccount narrow");
        Assert.Equal(["list-cronjobs"], Texts("(Grant-KubeServiceAccountRole narrow -Verb list -Resource cj).Role"));
        Eventually(() => Texts("(Test-KubeAccess list CronJob -ServiceAccount narrow).Allowed") is ["True"]);
        Assert.Equal(["False"], Texts("(Test-KubeAccess get cronjobs.batch -ServiceAccount narrow).Allowed"));
        Assert.Equal(["list cronjobs.batch"], Texts("(Get-KubeRole list-cronjobs).Rules"));
        _engine.Run("Grant-KubeServiceAccountRole narrow -Verb list -Resource podz").RequireError("InvalidRequest");
    }

    [Fact]
    public void A_binding_to_an_account_that_does_not_exist_is_marked()
    {
        Texts("Grant-KubeServiceAccountRole ghost -ClusterRole view -WarningAction SilentlyContinue");
        Assert.Equal(["False"], Texts("(Get-KubeRoleBinding view-ghost).Subjects.Exists"));
        Assert.Equal(["False"], Texts("(Find-KubeAccess list pods | Where-Object ServiceAccount -EQ ghost).Exists"));
    }

    [Fact]
    public void A_question_about_an_unknown_verb_or_resource_is_answered_with_a_warning()
    {
        Assert.NotEmpty(_engine.Run("Test-KubeAccess gett pods").RequireNoErrors().Warnings);
        Assert.NotEmpty(_engine.Run("Test-KubeAccess get podz").RequireNoErrors().Warnings);
        Assert.Empty(_engine.Run("Test-KubeAccess list deployments.v1.apps").RequireNoErrors().Warnings);
        _engine.Run("Test-KubeAccess get secrets --as=jane").RequireError("InvalidRequest");
    }
}
