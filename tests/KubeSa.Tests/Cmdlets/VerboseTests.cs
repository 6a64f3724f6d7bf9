using KubeSa.Tests.Engine;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>-Verbose shows which cluster is asked, why that one, and each request that goes to it; never a credential.</summary>
[Collection(SharedProcess.Name)]
public sealed class VerboseTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Theory]
    [InlineData("Get-KubeServiceAccount web -Namespace team-a -Verbose", "current connection")]
    [InlineData("Get-KubeServiceAccount web -Namespace team-a -Context admin -Verbose", "-Context names it")]
    [InlineData("Get-KubeServiceAccount web -Namespace team-a -KubeConfig $env:KUBECONFIG -Verbose", "-KubeConfig names it")]
    [InlineData("Get-KubeServiceAccount web -Namespace team-a -Connection (New-KubeConnection admin) -Verbose", "-Connection names it")]
    [InlineData("Get-KubeServiceAccount web -Namespace team-a -Connection (New-KubeConnection admin) | Get-KubeAccessRule -Verbose", "the input came from it")]
    [InlineData("Disconnect-KubeCluster; Get-KubeServiceAccount web -Namespace team-a -Verbose", "the kubeconfig's current context")]
    public void Says_which_cluster_is_used_and_why(string script, string why)
    {
        using var environment = new EnvironmentScope(("KUBECONFIG", sandbox.Server.KubeConfig));
        using var engine = sandbox.Connect();
        var said = Assert.Single(engine.Run(script).RequireNoErrors().Verbose, line => line.StartsWith("Using ", StringComparison.Ordinal));
        Assert.Contains(why, said, StringComparison.Ordinal);
        Assert.Contains($"admin ({sandbox.Server.Url}", said, StringComparison.Ordinal);
        Assert.Contains($"context 'admin' of the kubeconfig '{sandbox.Server.KubeConfig}'", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-KubeServiceAccount web -Namespace team-a", @"^GET https://127\.0\.0\.1:\d+/api/v1/namespaces/team-a/serviceaccounts/web: 200 OK in \d+ ms\.$")]
    [InlineData("Get-KubeServiceAccount none -Namespace team-a -ErrorAction Ignore", @"^GET \S+/serviceaccounts/none: 404 NotFound in \d+ ms\.$")]
    [InlineData("New-KubeServiceAccountToken web -Namespace team-a", @"^POST \S+/serviceaccounts/web/token: 201 Created in \d+ ms\.$")]
    [InlineData("Get-KubeServiceAccount web -Namespace team-a -Connection (New-KubeConnection -As system:serviceaccount:team-a:reader)", @"200 OK in \d+ ms, acting as 'system:serviceaccount:team-a:reader'\.$")]
    [InlineData("Test-KubeInClusterAccess -MountPath $mount", @"^GET \S+/version: 200 OK in \d+ ms\.$")]
    public void Shows_each_request(string script, string line)
    {
        using var environment = new EnvironmentScope(("KUBECONFIG", sandbox.Server.KubeConfig));
        using var engine = sandbox.Connect();
        engine.SetVariable("mount", sandbox.Server.MountPath);
        var said = engine.Run($"$VerbosePreference = 'Continue'; $null = {script}").RequireNoErrors().Verbose;
        Assert.Contains(said, text => System.Text.RegularExpressions.Regex.IsMatch(text, line));
    }

    [Fact]
    public async Task Never_shows_a_token_or_a_body()
    {
        await using var server = WireServer.Plain(_ => WireReply.Accounts("default", ["alpha"]));
        using var engine = new HostedEngine();
        engine.SetVariable("token", new System.Net.NetworkCredential(string.Empty, "opaque-token-of-the-test-0123456789").SecurePassword);
        var result = engine.Run($"Connect-KubeCluster -Server {server.Url} -Token $token -Verbose; Get-KubeServiceAccount -Verbose").RequireNoErrors();
        Assert.Contains(result.Verbose, line => line.StartsWith("GET http://127.0.0.1", StringComparison.Ordinal));
        Assert.Contains(result.Verbose, line => line.StartsWith("Opened ", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Verbose, line => line.Contains("opaque-token", StringComparison.Ordinal) || line.Contains("Bearer", StringComparison.Ordinal) || line.Contains("alpha", StringComparison.Ordinal));
        Assert.All(server.Requests, request => Assert.Equal("Bearer opaque-token-of-the-test-0123456789", request.Header("Authorization")));
    }

    [Fact]
    public void Says_nothing_without_it()
    {
        using var engine = sandbox.Connect();
        Assert.Empty(engine.Run("Get-KubeServiceAccount -Namespace team-a; Get-KubeServiceAccount -Namespace team-a -Verbose:$false").RequireNoErrors().Verbose);
        Assert.Empty(engine.Run("$VerbosePreference = 'Continue'; Get-KubeServiceAccount -Namespace team-a -Verbose:$false").RequireNoErrors().Verbose);
    }
}
