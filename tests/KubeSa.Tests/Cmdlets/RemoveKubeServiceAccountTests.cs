using KubeSa.Tests.Engine;
using KubeSa.Tests.Wire;
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

    [Theory]
    [InlineData("-WhatIf")]
    [InlineData("-Confirm:$false")]
    public void Says_what_still_uses_an_account(string how)
    {
        _engine.Run("New-KubeServiceAccount busy -Namespace kube-public | Grant-KubeServiceAccountRole -ClusterRole view").RequireNoErrors();
        Kubectl.Run(sandbox.Server.KubeConfig, "run", "busy-pod", "--image=i", "-n", "kube-public", "--overrides", """{"spec":{"serviceAccountName":"busy"}}""");
        try
        {
            var warning = Assert.Single(_engine.Run($"Remove-KubeServiceAccount busy -Namespace kube-public {how}").RequireNoErrors().Warnings);
            Assert.Contains("1 pod of it will be refused by the server: busy-pod.", warning, StringComparison.Ordinal);
            Assert.Contains("RoleBinding kube-public/view-busy", warning, StringComparison.Ordinal);
        }
        finally
        {
            Kubectl.Run(sandbox.Server.KubeConfig, "delete", "pod", "busy-pod", "-n", "kube-public", "--now");
            Kubectl.Run(sandbox.Server.KubeConfig, "delete", "rolebinding", "view-busy", "-n", "kube-public");
            Kubectl.Run(sandbox.Server.KubeConfig, "delete", "serviceaccount", "busy", "-n", "kube-public", "--ignore-not-found");
        }
    }

    [Fact]
    public void Says_nothing_of_an_account_that_nothing_uses() => Assert.Empty(
        _engine.Run("New-KubeServiceAccount idle -Namespace team-b | Remove-KubeServiceAccount -Confirm:$false").RequireNoErrors().Warnings);

    [Fact]
    public void Says_that_it_is_unknown_what_uses_an_account_where_one_may_not_look()
    {
        using var reader = sandbox.Connect("reader");
        var result = reader.Run("Remove-KubeServiceAccount web -WhatIf");
        Assert.Contains("2 pods of it will be refused", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Contains("Whether more uses it is unknown, for these may not be looked at: Deployments,", result.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looks_at_each_kind_once_for_all_accounts_of_the_pipeline()
    {
        await using var cluster = new WireCluster(request => request.Path.Contains("/serviceaccounts/", StringComparison.Ordinal)
            ? WireReply.Account("ns", request.Path.Split('/')[^1])
            : WireReply.Ok("""{"metadata":{},"items":[]}"""));
        using var engine = new HostedEngine();
        engine.SetVariable("token", cluster.Options.Token);
        engine.Run($"Connect-KubeCluster -Server {cluster.Server.Url} -Token $token -CertificateAuthority '{cluster.Options.CertificateAuthority}'").RequireNoErrors();
        engine.Run("1..20 | ForEach-Object { \"a$_\" } | Remove-KubeServiceAccount -Namespace ns -Confirm:$false").RequireNoErrors();
        Assert.Equal(20, cluster.Server.Requests.Count(request => request.Method == "DELETE"));
        var lists = cluster.Server.Requests.Where(request => request.Path.Contains("limit=", StringComparison.Ordinal)).ToList();
        Assert.Equal(lists.Count, lists.Select(request => request.Path).Distinct().Count());
        Assert.InRange(lists.Count, 9, 12);
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
