using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>Test-KubeAccess answers as kubectl auth can-i does, and warns where it warns.</summary>
public sealed class CanIAgreementTests(SandboxFixture sandbox, LegacyFixture legacy) : IClassFixture<SandboxFixture>, IClassFixture<LegacyFixture>
{
    [Theory]
    [InlineData("list pods")]
    [InlineData("gett pods")]
    [InlineData("exec pods")]
    [InlineData("create pods/foobarbaz")]
    [InlineData("get pods/web-0")]
    [InlineData("get configmaps/settings")]
    [InlineData("get configmaps/other")]
    [InlineData("list deployments.v1.apps")]
    [InlineData("list deployments.apps")]
    [InlineData("list deploy")]
    [InlineData("LIST DEPLOYMENTS")]
    [InlineData("list Deployment")]
    [InlineData("list nodes")]
    [InlineData("list clusterroles")]
    [InlineData("list gadgets")]
    [InlineData("list gadgets.example.com")]
    [InlineData("list cj")]
    [InlineData("list cronjobs.batch")]
    [InlineData("impersonate users")]
    [InlineData("impersonate serviceaccounts")]
    [InlineData("get /version")]
    [InlineData("get /metrics")]
    [InlineData("list /version")]
    [InlineData("* *")]
    public void It_answers_as_kubectl_does_with_its_warnings(string question)
    {
        string[] accounts = ["team-a/reader", "team-a/deployer"];
        foreach (var server in (SandboxFixture[])[sandbox, legacy])
        {
            using var engine = server.Connect();
            foreach (var account in accounts)
            {
                var user = "system:serviceaccount:" + account.Replace('/', ':');
                string[] words = [.. question.Split(' ')];

                // A verb in capitals is no verb for kubectl; ours takes it for what it means.
                words[0] = words[0].ToLowerInvariant();
                var (_, answer, error) = Kubectl.Ask(server.Server.KubeConfig, ["auth", "can-i", .. words, "-n", "team-a", $"--as={user}"]);
                var ours = engine.Run($"Test-KubeAccess {question.Replace("*", "'*'", StringComparison.Ordinal)} -ServiceAccount {account} -Namespace team-a").RequireNoErrors();
                Assert.Equal((question, account, answer.Trim().Split(' ')[0]), (question, account, ours.Text.Single()));
                Assert.Equal(error.Split('\n').Count(line => line.StartsWith("Warning:", StringComparison.Ordinal)), ours.Warnings.Count);
            }
        }
    }

    [Theory]
    [InlineData("cronjobs")]
    [InlineData("cj")]
    [InlineData("CronJob")]
    [InlineData("cronjobs.batch")]
    [InlineData("cronjobs.v1beta1.batch")]
    public void A_resource_that_an_old_server_has_in_an_older_version_alone_is_found(string name)
    {
        using var engine = legacy.Connect();
        var result = engine.Run($"Test-KubeAccess list {name} -ServiceAccount team-a/deployer").RequireNoErrors();
        Assert.Empty(result.Warnings);
        var decision = Assert.Single(result.As<AccessDecision>());
        Assert.Equal(("cronjobs.batch", true), (decision.Resource, decision.Allowed));
        Assert.Contains("deployer", engine.Run($"(Find-KubeAccess list {name} -Namespace team-a).ServiceAccount").RequireNoErrors().Text);
    }

    [Theory]
    [InlineData("get pods/web-0", "pods", "web-0")]
    [InlineData("get pods/log", "pods/log", null)]
    [InlineData("get pods/log/web-0", "pods/log", "web-0")]
    [InlineData("get pods/log web-0", "pods/log", "web-0")]
    [InlineData("update deployments/finalizers", "deployments.apps/finalizers", null)]
    [InlineData("get pods/*", "pods/*", null)]
    [InlineData("get */scale", "*.*/scale", null)]
    public void What_is_behind_the_slash_is_a_subresource_or_else_a_name(string question, string resource, string? name)
    {
        using var engine = sandbox.Connect();
        var decision = Assert.Single(engine.Run($"Test-KubeAccess {question}").RequireNoErrors().As<AccessDecision>());
        Assert.Equal((resource, name, "default"), (decision.Resource, decision.Name, decision.Namespace));
    }

    [Fact]
    public void An_unknown_verb_says_what_may_be_meant()
    {
        using var engine = sandbox.Connect();
        Assert.Equal(
            ["verb 'exec' is not a known verb: exec is a subresource. Ask for pods/exec with the verb create."],
            engine.Run("'team-a/reader', 'team-a/web' | Test-KubeAccess exec pods").RequireNoErrors().Warnings);
    }
}
