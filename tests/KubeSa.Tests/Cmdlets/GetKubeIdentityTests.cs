using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class GetKubeIdentityTests(SandboxFixture sandbox, LegacyFixture legacy)
    : IClassFixture<SandboxFixture>, IClassFixture<LegacyFixture>
{
    [Fact]
    public void Asks_the_server_who_we_are()
    {
        using var engine = sandbox.Connect("reader");
        var identity = Assert.Single(engine.Run("Get-KubeIdentity").RequireNoErrors().As<Identity>());
        Assert.Equal("reader", identity.ServiceAccount);
        Assert.Contains("system:authenticated", identity.Groups);
        Assert.Equal("SelfSubjectReview", identity.Source);
    }

    [Fact]
    public void Falls_back_on_the_credentials_own_words_on_an_old_server()
    {
        using var engine = legacy.Connect("reader");
        var reader = Assert.Single(engine.Run("Get-KubeIdentity").RequireNoErrors().As<Identity>());
        Assert.Equal(("Token", "reader"), (reader.Source, reader.ServiceAccount));
        using var administrator = legacy.Connect();
        var admin = Assert.Single(administrator.Run("Get-KubeIdentity").RequireNoErrors().As<Identity>());
        Assert.Equal("Certificate", admin.Source);
        Assert.Contains("system:masters", admin.Groups);
    }

    [Fact]
    public void Asks_as_somebody_else()
    {
        using var engine = sandbox.Connect();
        var jane = Assert.Single(engine.Run("Get-KubeIdentity -As jane -AsGroup dev, ops").RequireNoErrors().As<Identity>());
        Assert.Equal("jane", jane.UserName);
        Assert.Contains("dev", jane.Groups);
        Assert.Contains("ops", jane.Groups);
        engine.Run("Get-KubeIdentity -AsGroup dev").RequireError("InvalidRequest");
        using var reader = sandbox.Connect("reader");
        reader.Run("Get-KubeIdentity -As jane").RequireError("Forbidden");
    }

    [Theory]
    [InlineData("jörg")]
    [InlineData("渡辺")]
    [InlineData("jane doe")]
    public void Asks_as_somebody_whose_name_is_not_ASCII(string name)
    {
        using var engine = sandbox.Connect();
        var identity = Assert.Single(engine.Run("Get-KubeIdentity -As $args[0] -AsGroup 'a, b', $args[0]", name).RequireNoErrors().As<Identity>());
        Assert.Equal(name, identity.UserName);
        Assert.Contains("a, b", identity.Groups);
        Assert.Contains(name, identity.Groups);
    }

    [Theory]
    [InlineData("Get-KubeIdentity -As $args[0]")]
    [InlineData("Get-KubeIdentity -As jane -AsGroup dev, $args[0]")]
    [InlineData("Connect-KubeCluster -KubeConfig $args[1] -As $args[0]")]
    [InlineData("Connect-KubeCluster -KubeConfig $args[1] -As jane -AsGroup dev, $args[0]")]
    [InlineData("Connect-KubeCluster -Server https://127.0.0.1:1 -As $args[0]")]
    public void Refuses_a_name_that_is_more_than_a_name(string command)
    {
        using var engine = sandbox.Connect();
        engine.Run(command, "jane\r\nImpersonate-Group: system:masters", sandbox.Server.KubeConfig).RequireError("InvalidRequest");
        engine.Run(command, "jane\nsystem:masters", sandbox.Server.KubeConfig).RequireError("InvalidRequest");
    }

    [Fact]
    public void A_refusal_of_an_old_server_names_the_user_and_a_refused_impersonation_is_forbidden()
    {
        using var engine = legacy.Connect();
        var jane = Assert.Single(engine.Run("Get-KubeIdentity -As jane").RequireNoErrors().As<Identity>());
        Assert.Equal(("jane", "Refusal"), (jane.UserName, jane.Source));
        using var reader = legacy.Connect("reader");
        var error = reader.Run("Get-KubeIdentity -As jane").RequireError("Forbidden");
        Assert.Contains("'system:serviceaccount:team-a:reader' may not impersonate another user", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_what_an_old_server_cannot_be_asked()
    {
        using var engine = legacy.Connect();
        var error = engine.Run("Get-KubeIdentity -As jane -AsGroup system:masters").RequireError("NotFound");
        Assert.Contains("came with Kubernetes 1.28", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Without impersonation", error.ToString(), StringComparison.Ordinal);
    }
}
