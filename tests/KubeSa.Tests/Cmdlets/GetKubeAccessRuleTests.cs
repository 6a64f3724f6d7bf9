using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class GetKubeAccessRuleTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private readonly HostedEngine _engine = sandbox.Connect();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Shows_the_rules_of_an_account_and_where_each_comes_from()
    {
        var rules = _engine.Run("Get-KubeAccessRule team-a/reader").RequireNoErrors().As<AccessRule>();
        var own = Assert.Single(rules, rule => rule.Subject!.Kind == "ServiceAccount");
        Assert.Equal(("team-a", "reader", "team-a"), (own.Namespace, own.ServiceAccount, own.Scope));
        Assert.Equal(("RoleBinding", "pod-reader-reader", "Role", "pod-reader"), (own.BindingKind, own.Binding, own.RoleKind, own.Role));
        Assert.Equal("get,list,watch", string.Join(',', own.Verbs));
        Assert.Equal(["pods", "pods/log", "serviceaccounts", "configmaps"], own.Resources);
        Assert.Contains(rules, rule => rule.Scope is null && rule.Subject!.Name == "system:authenticated" && rule.NonResourceUrls.Contains("/version"));
    }

    [Fact]
    public void Takes_accounts_from_the_pipeline_and_leads_back_to_them()
    {
        Assert.Equal(
            ["deployer", "reader"],
            _engine.Run("Get-KubeServiceAccount deployer, reader -Namespace team-a | Get-KubeAccessRule | Where-Object Scope -EQ team-a | ForEach-Object ServiceAccount")
                .RequireNoErrors().Text.Distinct());
        Assert.Equal(["team-a/reader"], _engine.Run("Get-KubeAccessRule reader -Namespace team-a | Where-Object Scope -EQ team-a | Get-KubeServiceAccount").RequireNoErrors().Text);
    }

    [Fact]
    public void Agrees_with_the_servers_own_decision()
    {
        var rule = _engine.Run("Get-KubeAccessRule team-b/viewer").RequireNoErrors().As<AccessRule>().First(rule => rule.Role == "view" && rule.Resources.Contains("pods"));
        Assert.Equal((null, "ClusterRoleBinding"), (rule.Scope, rule.BindingKind));
        foreach (var verb in rule.Verbs)
        {
            Assert.Equal(["True"], _engine.Run($"Test-KubeAccess {verb} pods -ServiceAccount team-b/viewer -AllNamespaces -Quiet").RequireNoErrors().Text);
        }
    }

    [Fact]
    public void Warns_of_a_binding_whose_role_does_not_exist()
    {
        Kubectl.Run(sandbox.Server.KubeConfig, "create", "rolebinding", "lost", "--role=no-such-role", "--serviceaccount=team-b:unused", "-n", "team-b");
        var result = _engine.Run("Get-KubeAccessRule team-b/unused").RequireNoErrors();
        Assert.Contains("'team-b/lost' gives nothing to team-b/unused", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_what_is_wrong()
    {
        Assert.Equal("team-a/nope", _engine.Run("Get-KubeAccessRule team-a/nope").RequireError("ServiceAccountNotFound").TargetObject);
        _engine.Run("Get-KubeAccessRule Bad_Name").RequireError("InvalidName");
        _engine.Run("Get-KubeAccessRule team-a/reader -Namespace team-b").RequireError("InvalidRequest");
        using var reader = sandbox.Connect("reader");
        reader.Run("Get-KubeAccessRule reader").RequireError("Forbidden");
    }
}
