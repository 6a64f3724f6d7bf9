using System.Security;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class NewKubeSaTokenSecretTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private readonly HostedEngine _engine = sandbox.Connect();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Waits_until_the_secret_is_filled()
    {
        var secret = Assert.Single(_engine.Run("New-KubeSaTokenSecret -ServiceAccount viewer -Name viewer-key -Namespace team-b").RequireNoErrors().As<TokenSecret>());
        Assert.Equal(("team-b", "viewer-key", "viewer"), (secret.Namespace, secret.Name, secret.ServiceAccount));
        Assert.IsType<SecureString>(secret.Token);
        Assert.Equal((TokenKind.Legacy, "system:serviceaccount:team-b:viewer"), (secret.Info!.Kind, secret.Info.UserName));
        Assert.NotEmpty(secret.CaCertificates);
    }

    [Fact]
    public void Makes_one_for_each_account_of_the_pipeline()
    {
        var made = _engine.Run("New-KubeServiceAccount s1,s2 | New-KubeSaTokenSecret").RequireNoErrors().Text;
        Assert.Equal(["default/s1-token", "default/s2-token"], made);
    }

    [Fact]
    public void Says_at_once_that_the_account_is_missing_and_makes_nothing()
    {
        Assert.Equal("default/nope", _engine.Run("New-KubeSaTokenSecret nope x").RequireError("ServiceAccountNotFound").TargetObject);
        _engine.Run("Get-KubeSaTokenSecret x").RequireError("SecretNotFound");
    }

    [Fact]
    public void Says_that_the_secret_exists_already()
    {
        _engine.Run("New-KubeSaTokenSecret default twice").RequireNoErrors();
        Assert.Equal("default/twice", _engine.Run("New-KubeSaTokenSecret default twice").RequireError("SecretAlreadyExists").TargetObject);
    }

    [Fact]
    public void Makes_nothing_with_WhatIf()
    {
        Assert.Empty(_engine.Run("New-KubeSaTokenSecret default imagined -WhatIf").RequireNoErrors().Output);
        _engine.Run("Get-KubeSaTokenSecret imagined").RequireError("SecretNotFound");
    }

    [Fact]
    public void Gives_the_token_in_plain_text_only_when_asked() => Assert.StartsWith(
        "eyJ",
        Assert.IsType<string>(Assert.Single(_engine.Run("New-KubeSaTokenSecret default plain -AsPlainText").RequireNoErrors().As<TokenSecret>()).Token),
        StringComparison.Ordinal);
}
