using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class GetKubeServiceAccountUsageOnLegacyTests(LegacyFixture sandbox) : IClassFixture<LegacyFixture>
{
    [Fact]
    public void Knows_an_old_servers_cron_jobs_and_mounted_secrets()
    {
        using var engine = sandbox.Connect();
        var usage = Assert.Single(engine.Run("Get-KubeServiceAccountUsage viewer -Namespace team-b").RequireNoErrors().As<ServiceAccountUsage>());
        Assert.Equal(("Deployment/reports", true, null), (usage.Workload, usage.Automount, usage.TokenExpirationSeconds));
        Assert.Equal(["team-b/unused: unused"], engine.Run("Get-KubeServiceAccountUsage -Unused -Namespace team-b").RequireNoErrors().Text);
    }
}
