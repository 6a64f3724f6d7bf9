using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class NewKubeServiceAccountTokenOnLegacyTests(LegacyFixture sandbox) : IClassFixture<LegacyFixture>
{
    [Fact]
    public void Says_in_one_sentence_that_an_old_server_cannot_bind_to_nodes()
    {
        using var engine = sandbox.Connect();
        var error = engine.Run("New-KubeServiceAccountToken default -BoundNode node-1").RequireError("InvalidRequest");
        Assert.Contains("cannot bind tokens to nodes", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("default/default", error.TargetObject);
    }
}
