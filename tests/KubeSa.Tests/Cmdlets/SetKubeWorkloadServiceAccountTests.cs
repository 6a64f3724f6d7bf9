using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class SetKubeWorkloadServiceAccountTests(RetiredKeyFixture sandbox) : IClassFixture<RetiredKeyFixture>, IDisposable
{
    private readonly HostedEngine _engine = sandbox.Connect();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Points_a_deployment_at_an_account_and_waits_for_its_pods()
    {
        var result = _engine.Run(
            "New-KubeServiceAccount buyer -Namespace shop | Set-KubeWorkloadServiceAccount -Kind Deployment -Name checkout -Wait").RequireNoErrors();
        var workload = Assert.Single(result.As<Workload>());
        Assert.Equal(("buyer", "checkout"), (workload.ServiceAccount, workload.PreviousServiceAccount));
        Assert.True(workload.RolledOut);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Names_a_missing_workload() => Assert.Equal(
        "shop/nope", _engine.Run("Set-KubeWorkloadServiceAccount nope default -Namespace shop").RequireError("WorkloadNotFound").TargetObject);

    [Fact]
    public void Warns_of_a_missing_account_and_changes_nothing_with_WhatIf()
    {
        var result = _engine.Run("Set-KubeWorkloadServiceAccount web ghost -Namespace shop -WhatIf").RequireNoErrors();
        Assert.Empty(result.Output);
        Assert.Contains("shop/ghost", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_an_account_of_another_namespace() =>
        _engine.Run("Set-KubeWorkloadServiceAccount web kube-system/default -Namespace shop").RequireError("InvalidRequest");
}
