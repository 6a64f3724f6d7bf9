using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class TestKubeAccessTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private readonly HostedEngine _engine = sandbox.Connect();

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData("list pods -Namespace team-a", true)]
    [InlineData("get pods/log -Namespace team-a", true)]
    [InlineData("get pods/exec -Namespace team-a", false)]
    [InlineData("delete pods -Namespace team-a", false)]
    [InlineData("list pods -Namespace team-b", false)]
    [InlineData("list pods -AllNamespaces", false)]
    [InlineData("get configmaps settings -Namespace team-a", true)]
    [InlineData("list po -Namespace team-a", true)]
    [InlineData("list Pod -Namespace team-a", true)]
    [InlineData("list nodes", false)]
    [InlineData("* * -Namespace team-a", false)]
    [InlineData("get -NonResourceUrl /version", true)]
    [InlineData("get -NonResourceUrl /metrics", false)]
    public void Answers_for_us(string question, bool allowed)
    {
        using var reader = sandbox.Connect("reader");
        var decision = Assert.Single(reader.Run($"Test-KubeAccess {question}").RequireNoErrors().As<AccessDecision>());
        Assert.Equal((allowed, allowed ? "yes" : "no"), (decision.Allowed, decision.ToString()));
        Assert.Equal(allowed, Assert.Single(reader.Run($"Test-KubeAccess {question} -Quiet").RequireNoErrors().As<bool>()));
    }

    [Fact]
    public void Finds_the_group_of_a_resource_as_kubectl_does()
    {
        var short1 = Assert.Single(_engine.Run("Test-KubeAccess list deployments -ServiceAccount team-a/deployer").RequireNoErrors().As<AccessDecision>());
        Assert.Equal(("deployments.apps", "team-a", true), (short1.Resource, short1.Namespace, short1.Allowed));
        var scale = Assert.Single(_engine.Run("Test-KubeAccess update deploy.apps/scale -ServiceAccount team-a/deployer").RequireNoErrors().As<AccessDecision>());
        Assert.Equal(("deployments.apps/scale", true), (scale.Resource, scale.Allowed));
    }

    [Fact]
    public void Answers_for_each_account_of_the_pipeline_and_says_why()
    {
        var decisions = _engine.Run("Get-KubeServiceAccount reader, web -Namespace team-a | Test-KubeAccess list pods").RequireNoErrors().As<AccessDecision>();
        Assert.Equal(
            [("system:serviceaccount:team-a:reader", true), ("system:serviceaccount:team-a:web", false)],
            decisions.Select(decision => (decision.UserName!, decision.Allowed)));
        Assert.Contains("pod-reader", decisions[0].Reason, StringComparison.Ordinal);
        Assert.All(decisions, decision => Assert.Equal("team-a", decision.Namespace));
    }

    [Fact]
    public void Asks_about_objects_of_no_namespace_in_none() =>
        Assert.Null(Assert.Single(_engine.Run("Test-KubeAccess list nodes").RequireNoErrors().As<AccessDecision>()).Namespace);

    [Fact]
    public void Warns_of_a_resource_that_the_server_does_not_have()
    {
        var result = _engine.Run("Test-KubeAccess list gadgets").RequireNoErrors();
        Assert.Contains("'gadgets'", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.True(Assert.Single(result.As<AccessDecision>()).Allowed);
    }

    [Theory]
    [InlineData("get pods/", "InvalidRequest")]
    [InlineData("get .apps", "InvalidRequest")]
    [InlineData("get -NonResourceUrl healthz", "InvalidRequest")]
    [InlineData("get pods -ServiceAccount Bad_Name", "InvalidName")]
    [InlineData("get pods -Namespace 'a/b'", "InvalidName")]
    public void Says_what_is_wrong_with_the_question(string question, string id) => _engine.Run($"Test-KubeAccess {question}").RequireError(id);

    [Fact]
    public void Needs_the_right_to_ask_about_others()
    {
        using var reader = sandbox.Connect("reader");
        reader.Run("Test-KubeAccess list pods -ServiceAccount web").RequireError("Forbidden");
    }
}
