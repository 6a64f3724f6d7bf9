using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class SetKubeWorkloadServiceAccountOnLegacyTests(LegacyFixture sandbox) : IClassFixture<LegacyFixture>
{
    [Fact]
    public void Changes_the_cron_jobs_of_an_old_server()
    {
        var file = Path.Combine(Path.GetTempPath(), $"kubesa-cron-{Guid.NewGuid():n}.yaml");
        File.WriteAllText(file, """
            apiVersion: batch/v1beta1
            kind: CronJob
            metadata: {name: nightly, namespace: team-a}
            spec: {schedule: "0 0 * * *", jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}}
            """);
        try
        {
            Kubectl.Run(sandbox.Server.KubeConfig, "create", "--validate=false", "-f", file);
        }
        finally
        {
            File.Delete(file);
        }

        using var engine = sandbox.Connect();
        var job = Assert.Single(engine.Run("Set-KubeWorkloadServiceAccount nightly reader -Kind CronJob -Namespace team-a").RequireNoErrors().As<Workload>());
        Assert.Equal(("reader", "default"), (job.ServiceAccount, job.PreviousServiceAccount));
        engine.Run("Set-KubeWorkloadServiceAccount weekly reader -Kind CronJob -Namespace team-a").RequireError("WorkloadNotFound");
        Assert.Contains("team-a/reader: CronJob/nightly", engine.Run("Get-KubeServiceAccountUsage reader -Namespace team-a").RequireNoErrors().Text);
    }
}
