using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class LostRightsWarningTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Theory]
    [InlineData("admin", "'pod-watcher' has and 'web' has not: get, list, watch pods in the whole cluster.")]
    [InlineData("deployer", "Whether Deployment team-a/pod-watcher loses rights that 'pod-watcher' has is unknown")]
    public void Moving_a_workload_says_which_rights_are_lost_or_that_it_is_unknown(string who, string said)
    {
        using var engine = sandbox.Connect(who);
        var result = engine.Run("Set-KubeWorkloadServiceAccount pod-watcher -ServiceAccount web -Namespace team-a -WhatIf").RequireNoErrors();
        Assert.Contains(said, Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_said_where_none_are_lost()
    {
        using var engine = sandbox.Connect();
        Assert.Empty(engine.Run("Set-KubeWorkloadServiceAccount web -ServiceAccount pod-watcher -Namespace team-a -WhatIf").RequireNoErrors().Warnings);
    }

    [Fact]
    public void Secrets_that_an_account_names_and_that_do_not_exist_are_told()
    {
        using var engine = sandbox.Connect();
        Kubectl.Run(sandbox.Server.KubeConfig, "create", "secret", "generic", "there", "--from-literal=a=b", "-n", "team-b");
        engine.Run("New-KubeServiceAccount puller -Namespace team-b -ImagePullSecret there, gone").RequireNoErrors();
        var account = Assert.Single(engine.Run("Get-KubeServiceAccount puller -Namespace team-b -IncludeTokens").RequireNoErrors().As<ServiceAccount>());
        Assert.Equal("gone", Assert.Single(account.MissingSecrets!));
        Assert.Null(Assert.Single(engine.Run("Get-KubeServiceAccount puller -Namespace team-b").RequireNoErrors().As<ServiceAccount>()).MissingSecrets);
    }
}
