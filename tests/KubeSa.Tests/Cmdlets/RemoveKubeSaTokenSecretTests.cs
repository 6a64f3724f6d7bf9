using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class RemoveKubeSaTokenSecretTests(LegacyFixture sandbox) : IClassFixture<LegacyFixture>, IDisposable
{
    private readonly HostedEngine _engine = sandbox.Connect();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Revokes_the_token()
    {
        _engine.Run("New-KubeServiceAccount revoked; New-KubeSaTokenSecret revoked gone").RequireNoErrors();
        Assert.Empty(_engine.Run("Get-KubeSaTokenSecret gone | Remove-KubeSaTokenSecret -Confirm:$false").RequireNoErrors().Output);
        _engine.Run("Get-KubeSaTokenSecret gone").RequireError("SecretNotFound");
    }

    [Fact]
    public void Leaves_a_secret_of_another_type_alone()
    {
        var kubeConfig = sandbox.Server.KubeConfig;
        Kubectl.Run(kubeConfig, "create", "secret", "generic", "opaque", "--from-literal=a=b");
        Assert.Equal("default/opaque", _engine.Run("Remove-KubeSaTokenSecret opaque -Confirm:$false").RequireError("SecretNotTokenType").TargetObject);
        Assert.Contains("opaque", Kubectl.Run(kubeConfig, "get", "secret", "opaque", "-o", "name"), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_that_the_server_creates_another_one_in_the_place_of_one_that_it_made_by_itself()
    {
        Assert.Contains(
            "creates another one for ServiceAccount team-b/viewer at once",
            Assert.Single(_engine.Run("Get-KubeServiceAccount viewer -Namespace team-b | Get-KubeSaTokenSecret | Remove-KubeSaTokenSecret -WhatIf").RequireNoErrors().Warnings),
            StringComparison.Ordinal);
        Assert.Empty(_engine.Run("New-KubeSaTokenSecret viewer own -Namespace team-b | Remove-KubeSaTokenSecret -Confirm:$false").RequireNoErrors().Warnings);
    }

    [Fact]
    public void Names_a_missing_secret_and_removes_nothing_with_WhatIf()
    {
        _engine.Run("New-KubeSaTokenSecret default kept").RequireNoErrors();
        Assert.Equal("default/nope", _engine.Run("Remove-KubeSaTokenSecret nope, kept -WhatIf").RequireError("SecretNotFound").TargetObject);
        _engine.Run("Get-KubeSaTokenSecret kept").RequireNoErrors();
    }
}
