using System.Management.Automation;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class NewKubeServiceAccountTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private readonly HostedEngine _engine = sandbox.Connect();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Makes_several_and_pipes_them_on() =>
        Assert.Equal(["default/a1", "default/b1", "default/c1"], _engine.Run("New-KubeServiceAccount a1,b1,c1 | Get-KubeServiceAccount").RequireNoErrors().Text);

    [Fact]
    public void Makes_what_was_asked_for()
    {
        var account = Assert.Single(_engine.Run(
            "New-KubeServiceAccount full -Namespace default -Label @{ app = 'web'; gold = $true } -Annotation @{ note = 'n' } "
            + "-ImagePullSecret registry -AutomountToken $false").RequireNoErrors().As<ServiceAccount>());
        Assert.Equal(("web", "true", "n"), (account.Labels["app"], account.Labels["gold"], account.Annotations["note"]));
        Assert.Equal(["registry"], account.ImagePullSecrets);
        Assert.False(account.AutomountToken);
    }

    [Fact]
    public void Says_which_exists_already_and_makes_the_others()
    {
        _engine.Run("New-KubeServiceAccount twice").RequireNoErrors();
        var result = _engine.Run("New-KubeServiceAccount before, twice, after");
        var error = result.RequireError("ServiceAccountAlreadyExists");
        Assert.Equal((ErrorCategory.ResourceExists, "default/twice"), (error.CategoryInfo.Category, error.TargetObject));
        Assert.Equal(["default/before", "default/after"], result.Text);
    }

    [Fact]
    public void Makes_nothing_with_WhatIf()
    {
        Assert.Empty(_engine.Run("New-KubeServiceAccount imagined -WhatIf").RequireNoErrors().Output);
        _engine.Run("Get-KubeServiceAccount imagined").RequireError("ServiceAccountNotFound");
    }

    [Fact]
    public void Names_a_missing_namespace() =>
        _engine.Run("New-KubeServiceAccount x -Namespace nowhere").RequireError("NamespaceNotFound");

    [Fact]
    public void Says_what_the_server_finds_wrong()
    {
        _engine.Run("New-KubeServiceAccount bad -Label @{ 'not a key!' = 'x' }").RequireError("InvalidRequest");
        _engine.Run("New-KubeServiceAccount Bad_Name").RequireError("InvalidName");
        _engine.Run("New-KubeServiceAccount 'a?x=1'").RequireError("InvalidName");
    }

    [Fact]
    public void Is_refused_without_the_right()
    {
        using var reader = sandbox.Connect("reader");
        var error = reader.Run("New-KubeServiceAccount x").RequireError("Forbidden");
        Assert.Equal(ErrorCategory.PermissionDenied, error.CategoryInfo.Category);
        Assert.Contains("serviceaccounts", error.ToString(), StringComparison.Ordinal);
    }
}
