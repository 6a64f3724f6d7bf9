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

    [Fact]
    public void Says_that_a_job_keeps_the_account_it_was_made_with()
    {
        Kubectl.Run(sandbox.Server.KubeConfig, "create", "job", "once", "--image=i", "-n", "shop");
        var error = _engine.Run("Set-KubeWorkloadServiceAccount once buyer-of-none -Kind Job -Namespace shop").RequireError("InvalidRequest");
        Assert.Equal("shop/once", error.TargetObject);
        Assert.Contains("cannot be changed once it is made", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("containers", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("default", Assert.Single(_engine.Run("Set-KubeWorkloadServiceAccount once default -Kind Job -Namespace shop").RequireNoErrors().As<Workload>()).ServiceAccount);
    }

    [Theory]
    [InlineData("ReplicaSet", "spec: {replicas: 0, SELECTOR}", "a ReplicaSet leaves the pods it has alone")]
    [InlineData("StatefulSet", "spec: {replicas: 0, serviceName: s, updateStrategy: {type: OnDelete}, SELECTOR}", "its update strategy is OnDelete")]
    [InlineData("DaemonSet", "spec: {updateStrategy: {type: OnDelete}, SELECTOR}", "its update strategy is OnDelete")]
    [InlineData("Deployment", "spec: {paused: true, SELECTOR}", "it is paused")]
    public void Warns_and_waits_for_nothing_where_pods_stay(string kind, string spec, string why)
    {
        Make($"apps/v1", kind, "stays", spec.Replace(
            "SELECTOR", "selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}", StringComparison.Ordinal));
        var result = _engine.Run($"New-KubeServiceAccount stayer-{kind.ToLowerInvariant()} -Namespace shop | Set-KubeWorkloadServiceAccount stays -Kind {kind} -Wait -TimeoutSeconds 30").RequireNoErrors();
        Assert.Equal($"The pods of {kind} shop/stays that run keep the account they have, for {why}.", Assert.Single(result.Warnings));
        Assert.StartsWith("stayer-", Assert.Single(result.As<Workload>()).ServiceAccount, StringComparison.Ordinal);
    }

    [Fact]
    public void Gives_the_next_run_of_a_cron_job_the_account()
    {
        Kubectl.Run(sandbox.Server.KubeConfig, "create", "cronjob", "nightly", "--image=i", "--schedule=0 0 * * *", "-n", "shop");
        var result = _engine.Run("Set-KubeWorkloadServiceAccount nightly reader -Kind CronJob -Namespace shop -Wait").RequireNoErrors();
        Assert.Equal(("reader", "default"), (result.As<Workload>()[0].ServiceAccount, result.As<Workload>()[0].PreviousServiceAccount));
    }

    private void Make(string version, string kind, string name, string spec)
    {
        var file = Path.Combine(Path.GetTempPath(), $"kubesa-workload-{Guid.NewGuid():n}.yaml");
        File.WriteAllText(file, $"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: {name}, namespace: shop}}\n{spec}\n");
        try
        {
            Kubectl.Run(sandbox.Server.KubeConfig, "create", "-f", file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
