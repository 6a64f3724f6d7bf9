using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Contract.Live;

/// <summary>Blocks that run as an account, which change the environment of the process and so run alone.</summary>
public abstract class LiveRunAs(LiveCluster cluster) : IDisposable
{
    private readonly HostedEngine _engine = cluster.Connect();

    public void Dispose()
    {
        _engine.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_block_is_the_account_with_a_token_that_is_refused_after_it()
    {
        _engine.Run("New-KubeServiceAccount acting > $null").RequireNoErrors();
        Assert.Equal(
            [$"system:serviceaccount:{cluster.Namespace}:acting", "vault"],
            _engine.Run("Invoke-KubeServiceAccountCommand acting -Audience vault { (Get-KubeIdentity).UserName; $KubeTokens.Keys; $t = [IO.File]::ReadAllText(\"$([IO.Path]::GetDirectoryName($env:KUBECONFIG))/token\") }").RequireNoErrors().Text);

        // The server remembers for some seconds that it was good.
        Assert.True(SpinWait.SpinUntil(
            () => _engine.Run("(Test-KubeServiceAccountToken $t).Cause").RequireNoErrors().Text is ["SecretDeleted"], TimeSpan.FromSeconds(60)));
        Assert.Empty(_engine.Run("Get-KubeResource secrets -LabelSelector app.kubernetes.io/managed-by=KubeSa").RequireNoErrors().Output);
    }

    [Fact]
    public void A_block_may_impersonate_the_account()
    {
        _engine.Run("New-KubeServiceAccount seeming > $null").RequireNoErrors();
        Assert.Equal(
            [$"system:serviceaccount:{cluster.Namespace}:seeming"],
            _engine.Run("Invoke-KubeServiceAccountCommand seeming -Impersonate { (Get-KubeIdentity).UserName }").RequireNoErrors().Text);
    }
}

/// <summary>What changes the environment of the process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessEnvironment
{
    public const string Name = "environment of the process";
}

[Collection(ProcessEnvironment.Name)]
public sealed class Live_blocks_on_the_named_cluster(NamedCluster cluster) : LiveRunAs(cluster), IClassFixture<NamedCluster>;

[Collection(ProcessEnvironment.Name)]
public sealed class Live_blocks_on_the_legacy_sandbox(LegacySandbox cluster) : LiveRunAs(cluster), IClassFixture<LegacySandbox>;
