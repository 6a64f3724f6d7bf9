using System.Net;
using System.Security;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class NewKubeServiceAccountTokenTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private readonly HostedEngine _engine = sandbox.Connect();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Issues_a_token_that_the_server_accepts()
    {
        var token = Assert.Single(_engine.Run("New-KubeServiceAccountToken reader -Namespace team-a -Duration 2:00:00").RequireNoErrors().As<ServiceAccountToken>());
        Assert.Equal(("team-a", "reader", "system:serviceaccount:team-a:reader"), (token.Namespace, token.ServiceAccount, token.Info!.UserName));
        Assert.InRange(token.ExpiresAt - DateTime.Now, TimeSpan.FromMinutes(115), TimeSpan.FromMinutes(121));
        Assert.NotEmpty(token.Audiences);
        using var engine = new HostedEngine();
        engine.Run("Connect-KubeCluster -Server $args[0] -Token $args[1] -CertificateAuthority $args[2]", sandbox.Server.Url, token.Token, sandbox.Server.CertificateAuthority).RequireNoErrors();
        Assert.Equal(["system:serviceaccount:team-a:reader"], engine.Run("Get-KubeIdentity").RequireNoErrors().Text);
    }

    [Fact]
    public void Gives_the_token_alone_in_plain_text_only_when_asked()
    {
        Assert.StartsWith("eyJ", Assert.Single(_engine.Run("New-KubeServiceAccountToken default -AsPlainText").RequireNoErrors().As<string>()), StringComparison.Ordinal);
        var token = Assert.Single(_engine.Run("Get-KubeServiceAccount default | New-KubeServiceAccountToken").RequireNoErrors().As<ServiceAccountToken>());
        Assert.IsType<SecureString>(token.Token);
        Assert.DoesNotContain(new NetworkCredential(string.Empty, token.Token).Password[^20..], token.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Asks_for_the_audiences_given()
    {
        var token = Assert.Single(_engine.Run("New-KubeServiceAccountToken default -Audience vault, https://api.example.com").RequireNoErrors().As<ServiceAccountToken>());
        Assert.Equal(["vault", "https://api.example.com"], token.Audiences);
    }

    [Fact]
    public void Binds_to_a_pod_a_secret_and_a_node()
    {
        var pod = Assert.Single(_engine.Run("New-KubeServiceAccountToken builder -Namespace team-a -BoundPod build-7").RequireNoErrors().As<ServiceAccountToken>());
        Assert.Equal((TokenBindingKind.Pod, "build-7", "build-7"), (pod.BoundKind, pod.BoundName, pod.Info!.PodName));
        _engine.Run("New-KubeSaTokenSecret default anchor").RequireNoErrors();
        var secret = Assert.Single(_engine.Run("New-KubeServiceAccountToken default -BoundSecret anchor").RequireNoErrors().As<ServiceAccountToken>());
        Assert.Equal("anchor", secret.Info!.SecretName);
        var node = Assert.Single(_engine.Run("New-KubeServiceAccountToken default -BoundNode node-1").RequireNoErrors().As<ServiceAccountToken>());
        Assert.Equal("node-1", node.Info!.NodeName);
    }

    [Theory]
    [InlineData("-BoundPod nope", "NotFound", "default/nope", "There is no pod 'nope'")]
    [InlineData("-BoundSecret nope", "SecretNotFound", "default/nope", "There is no secret 'nope'")]
    [InlineData("-BoundNode nope", "NotFound", "nope", "There is no node 'nope'")]
    [InlineData("-BoundPod a -BoundNode b", "InvalidRequest", "default/default", "one object at most")]
    [InlineData("-BoundPod '../x'", "InvalidName", "default/../x", "Pod name")]
    [InlineData("-Duration 0:05:00", "InvalidRequest", "default/default", "no token for less than 10 minutes")]
    [InlineData("-Duration tomorrow", "InvalidRequest", "default/default", "'tomorrow' is not a span of time")]
    [InlineData("-Duration 3600", "InvalidRequest", "default/default", "a bare number as 3600 ticks")]
    [InlineData("-Duration 60000.00:00:00", "InvalidRequest", "default/default", "2^32 seconds")]
    public void Says_what_is_wrong(string parameters, string id, string target, string words)
    {
        var error = _engine.Run($"New-KubeServiceAccountToken default {parameters}").RequireError(id);
        Assert.Equal(target, error.TargetObject);
        Assert.Contains(words, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_a_missing_account_and_issues_for_the_others()
    {
        var result = _engine.Run("'nope', 'default' | New-KubeServiceAccountToken");
        Assert.Equal("default/nope", result.RequireError("ServiceAccountNotFound").TargetObject);
        Assert.Single(result.As<ServiceAccountToken>());
    }

    [Fact]
    public void Issues_nothing_with_WhatIf() => Assert.Empty(_engine.Run("New-KubeServiceAccountToken default -WhatIf").RequireNoErrors().Output);

    [Fact]
    public void Is_refused_without_the_right()
    {
        using var reader = sandbox.Connect("reader");
        Assert.Contains("serviceaccounts/token", reader.Run("New-KubeServiceAccountToken deployer").RequireError("Forbidden").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Warns_where_the_server_grants_another_lifetime()
    {
        // Kubelets ask for 3607 s, and servers make a year of it.
        var result = _engine.Run("New-KubeServiceAccountToken builder -Namespace team-a -BoundPod build-7 -Duration 1:00:07").RequireNoErrors();
        Assert.Contains("365 days", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Empty(_engine.Run("New-KubeServiceAccountToken default -Duration 1:00:00").RequireNoErrors().Warnings);
    }
}
