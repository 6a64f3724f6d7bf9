using System.Management.Automation;
using KubeSa.Api;
using KubeSa.RunAs;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.RunAs;

/// <summary>What blocks do with the environment, of which a process has one.</summary>
[Collection(SharedProcess.Name)]
public sealed class EnvironmentTurnTests
{
    private static readonly Dictionary<string, string> Ours = new() { ["KUBECONFIG"] = "ours" };

    [Theory]
    [InlineData("KUBECONFIG", "ours")]
    [InlineData("KUBE_TOKEN", null)]
    [InlineData("kube_password", null)]
    [InlineData("KUBERNETES_SERVICE_HOST", null)]
    [InlineData("HELM_KUBETOKEN", null)]
    [InlineData("HELM_NAMESPACE", null)]
    [InlineData("K8S_AUTH_API_KEY", null)]
    [InlineData("AWS_SESSION_TOKEN", null)]
    [InlineData("AZURE_CLIENT_SECRET", null)]
    [InlineData("ARM_CLIENT_SECRET", null)]
    [InlineData("AAD_SERVICE_PRINCIPAL_CLIENT_SECRET", null)]
    [InlineData("GOOGLE_APPLICATION_CREDENTIALS", null)]
    [InlineData("CLOUDSDK_AUTH_ACCESS_TOKEN", null)]
    [InlineData("OCI_CLI_KEY_FILE", null)]
    [InlineData("KUBE_EDITOR", "before")]
    [InlineData("HTTPS_PROXY", "before")]
    [InlineData("HELM_PLUGINS", "before")]
    [InlineData("PATH", "before")]
    public void A_variable_is_in_a_block(string name, string? inside)
    {
        using var scope = new EnvironmentScope((name, "before"));
        using (var turn = EnvironmentTurn.Take(this, "x"))
        {
            turn.Apply(Ours, keepsClouds: false, []);
            Assert.Equal(inside, Environment.GetEnvironmentVariable(name));

            // Plugins of the caller run in the caller's.
            var ofPlugin = new Dictionary<string, string?> { ["KUBECONFIG"] = "ours" };
            PluginEnvironment.Restore(ofPlugin);
            Assert.Equal("before", ofPlugin.GetValueOrDefault(name, Environment.GetEnvironmentVariable(name)));
        }

        Assert.Equal("before", Environment.GetEnvironmentVariable(name));
        var afterwards = new Dictionary<string, string?>();
        PluginEnvironment.Restore(afterwards);
        Assert.Empty(afterwards);
    }

    [Fact]
    public void A_block_in_a_block_brings_back_that_of_the_outer_one_and_plugins_have_that_of_the_caller()
    {
        using var scope = new EnvironmentScope(("KUBECONFIG", "mine"), ("AWS_PROFILE", "mine"));
        using (var outer = EnvironmentTurn.Take(this, "x"))
        {
            outer.Apply(Ours, keepsClouds: true, []);
            using (var inner = EnvironmentTurn.Take(this, "x"))
            {
                inner.Apply(new Dictionary<string, string> { ["KUBECONFIG"] = "theirs" }, keepsClouds: false, []);
                Assert.Equal("theirs", Environment.GetEnvironmentVariable("KUBECONFIG"));
                var ofPlugin = new Dictionary<string, string?>();
                PluginEnvironment.Restore(ofPlugin);
                Assert.Equal(("mine", "mine"), (ofPlugin["KUBECONFIG"], ofPlugin["AWS_PROFILE"]));
            }

            Assert.Equal(("ours", "mine"), (Environment.GetEnvironmentVariable("KUBECONFIG"), Environment.GetEnvironmentVariable("AWS_PROFILE")));
        }

        Assert.Equal("mine", Environment.GetEnvironmentVariable("KUBECONFIG"));
    }

    [Fact]
    public void Another_runspace_waits_for_its_turn_and_has_it_afterwards()
    {
        using (var turn = EnvironmentTurn.Take(this, "x"))
        {
            Assert.Equal(FailureKind.Conflict, Assert.Throws<KubeApiException>(() => EnvironmentTurn.Take(new object(), "x")).Kind);
        }

        EnvironmentTurn.Take(new object(), "x").Dispose();
    }

    [Fact]
    public void What_is_to_be_kept_is_kept()
    {
        using var scope = new EnvironmentScope(("AWS_PROFILE", "mine"));
        using var turn = EnvironmentTurn.Take(this, "x");
        turn.Apply(Ours, keepsClouds: false, [WildcardPattern.Get("aws_*", WildcardOptions.IgnoreCase)]);
        Assert.Equal("mine", Environment.GetEnvironmentVariable("AWS_PROFILE"));
    }
}
