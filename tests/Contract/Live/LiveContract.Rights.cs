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
}
