using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class SetKubeServiceAccountTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private readonly HostedEngine _engine = sandbox.Connect();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Changes_what_was_asked_and_nothing_else()
    {
        _engine.Run("New-KubeServiceAccount set -Label @{ app = 'web'; old = 'x' } -Annotation @{ a = '1' } -ImagePullSecret r1,r2").RequireNoErrors();
        var account = Assert.Single(_engine.Run(
            "Set-KubeServiceAccount set -Label @{ app = 'shop'; old = $null; gold = $true } -AutomountToken $false -PassThru").RequireNoErrors().As<ServiceAccount>());
        Assert.Equal(new Dictionary<string, string> { ["app"] = "shop", ["gold"] = "true" }, account.Labels);
        Assert.Equal("1", account.Annotations["a"]);
        Assert.Equal(["r1", "r2"], account.ImagePullSecrets);
        Assert.False(account.AutomountToken);
    }

    [Fact]
    public void Replaces_and_empties_the_image_pull_secrets_and_unsays_automount()
    {
        _engine.Run("New-KubeServiceAccount pull -ImagePullSecret r1,r2 -AutomountToken $false").RequireNoErrors();
        var one = Assert.Single(_engine.Run("Set-KubeServiceAccount pull -ImagePullSecret r3 -PassThru").RequireNoErrors().As<ServiceAccount>());
        Assert.Equal(["r3"], one.ImagePullSecrets);
        var none = Assert.Single(_engine.Run("Set-KubeServiceAccount pull -ImagePullSecret @() -AutomountToken $null -PassThru").RequireNoErrors().As<ServiceAccount>());
        Assert.Empty(none.ImagePullSecrets);
        Assert.Null(none.AutomountToken);
    }

    [Fact]
    public void Is_silent_without_PassThru_and_sets_many_by_pipeline()
    {
        Assert.Empty(_engine.Run("New-KubeServiceAccount m1,m2 | Set-KubeServiceAccount -Label @{ team = 'm' }").RequireNoErrors().Output);
        Assert.Equal(["default/m1", "default/m2"], _engine.Run("Get-KubeServiceAccount -LabelSelector team=m").RequireNoErrors().Text);
    }

    [Fact]
    public void Sends_no_patch_where_it_is_so_already()
    {
        var before = Assert.Single(_engine.Run("New-KubeServiceAccount same -Label @{ app = 'web' }").RequireNoErrors().As<ServiceAccount>());
        var after = Assert.Single(_engine.Run("Set-KubeServiceAccount same -Label @{ app = 'web'; none = $null } -PassThru").RequireNoErrors().As<ServiceAccount>());
        Assert.Equal(before.ResourceVersion, after.ResourceVersion);
    }

    [Fact]
    public void Changes_nothing_with_WhatIf_and_names_a_missing_account()
    {
        _engine.Run("New-KubeServiceAccount same2").RequireNoErrors();
        _engine.Run("Set-KubeServiceAccount same2 -Label @{ app = 'x' } -WhatIf").RequireNoErrors();
        Assert.Empty(Assert.Single(_engine.Run("Get-KubeServiceAccount same2").RequireNoErrors().As<ServiceAccount>()).Labels);
        _engine.Run("Set-KubeServiceAccount nope -Label @{ app = 'x' } -WhatIf").RequireError("ServiceAccountNotFound");
    }

    [Fact]
    public void Says_what_the_server_finds_wrong()
    {
        _engine.Run("New-KubeServiceAccount bad1").RequireNoErrors();
        var error = _engine.Run("Set-KubeServiceAccount bad1 -Label @{ 'not a key!' = 'x' }").RequireError("InvalidRequest");
        Assert.Equal("default/bad1", error.TargetObject);
    }

    [Theory]
    [InlineData("Set-KubeServiceAccount default -ImagePullSecret ok, ''", "InvalidName")]
    [InlineData("Set-KubeServiceAccount default -ImagePullSecret 'Not_a_name'", "InvalidName")]
    [InlineData("New-KubeServiceAccount never -ImagePullSecret 'a/b'", "InvalidName")]
    public void Refuses_image_pull_secrets_that_cannot_be(string script, string id) => _engine.Run(script).RequireError(id);

    [Fact]
    public void Removes_a_key_whose_value_a_command_gave_as_nothing()
    {
        _engine.Run("New-KubeServiceAccount computed -Label @{ gone = 'x' }").RequireNoErrors();
        var account = Assert.Single(_engine.Run(
            "function Get-Nothing { }; Set-KubeServiceAccount computed -Label @{ gone = (Get-Nothing); yes = ('a' | ForEach-Object { $true }) } -PassThru").RequireNoErrors().As<ServiceAccount>());
        Assert.Equal(new Dictionary<string, string> { ["yes"] = "true" }, account.Labels);
    }
}
