using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class RemoveKubeServiceAccountTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private readonly HostedEngine _engine = sandbox.Connect();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Removes_by_name_and_by_pipeline()
    {
        _engine.Run("New-KubeServiceAccount r1,r2,r3").RequireNoErrors();
        Assert.Empty(_engine.Run("Remove-KubeServiceAccount r1 -Confirm:$false; Get-KubeServiceAccount r2,r3 | Remove-KubeServiceAccount -Confirm:$false").RequireNoErrors().Output);
        Assert.Empty(_engine.Run("Get-KubeServiceAccount r?").RequireNoErrors().Output);
    }

    [Fact]
    public void Takes_a_usage_by_its_namespace_and_account_and_not_by_its_own_name()
    {
        _engine.Run("New-KubeServiceAccount used, bystander -Namespace team-b").RequireNoErrors();
        _engine.Run("[pscustomobject]@{ Namespace = 'team-b'; ServiceAccount = 'used'; Name = 'bystander' } | Remove-KubeServiceAccount -Confirm:$false").RequireNoErrors();
        Assert.Equal(["team-b/bystander"], _engine.Run("Get-KubeServiceAccount used*, bystander* -Namespace team-b").RequireNoErrors().Text);
    }

    [Fact]
    public void Names_a_missing_account_and_removes_the_others()
    {
        _engine.Run("New-KubeServiceAccount there").RequireNoErrors();
        Assert.Equal(
            "default/nope",
            _engine.Run("Remove-KubeServiceAccount nope, there -Confirm:$false").RequireError("ServiceAccountNotFound").TargetObject);
        _engine.Run("Get-KubeServiceAccount there").RequireError("ServiceAccountNotFound");
    }

    [Fact]
    public void Removes_nothing_with_WhatIf_but_says_already_what_is_missing()
    {
        _engine.Run("New-KubeServiceAccount kept").RequireNoErrors();
        _engine.Run("Remove-KubeServiceAccount kept, nope -WhatIf").RequireError("ServiceAccountNotFound");
        _engine.Run("Get-KubeServiceAccount kept").RequireNoErrors();
    }

    [Fact]
    public void Refuses_names_that_would_reach_another_object()
    {
        _engine.Run("Remove-KubeServiceAccount '../secrets/x' -Confirm:$false").RequireError("InvalidName");
        _engine.Run("Remove-KubeServiceAccount 'a?x=1' -Confirm:$false").RequireError("InvalidName");
        _engine.Run("Remove-KubeServiceAccount x -Namespace 'a/b' -Confirm:$false").RequireError("InvalidName");
    }

    [Fact]
    public void Is_refused_without_the_right()
    {
        using var reader = sandbox.Connect("reader");
        reader.Run("Remove-KubeServiceAccount web -Confirm:$false").RequireError("Forbidden");
        _engine.Run("Get-KubeServiceAccount web -Namespace team-a").RequireNoErrors();
    }
}
