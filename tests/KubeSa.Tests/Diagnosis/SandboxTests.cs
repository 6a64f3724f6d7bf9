using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Diagnosis;
using KubeSa.Diagnosis.Gathering;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Diagnosis;

/// <summary>The story, from the mount of the sandbox's pod to the verdict.</summary>
public sealed class SandboxTests(RetiredKeyFixture sandbox) : IClassFixture<RetiredKeyFixture>
{
    private static readonly KubeGateway Gateway = new();

    [Fact]
    public async Task Tells_the_retired_key_from_inside_as_refused_and_to_an_administrator_by_its_name()
    {
        using var administrator = Gateway.Connect(new ConnectionOptions { KubeConfig = sandbox.Server.KubeConfig });

        var inside = await JudgeAsync(null);
        Assert.Equal(AccessCause.TokenRejected, inside.Cause);
        Assert.Equal(AccessCheckStatus.Fail, inside.Checks.Single(c => c.Name == AccessCheckName.Authentication).Status);

        var outside = await JudgeAsync(administrator);
        Assert.Equal(AccessCause.SignatureKeyUnknown, outside.Cause);
        Assert.Equal("The key that signed this token is not one the server uses", outside.Summary);
        Assert.StartsWith("v1.", outside.ServerVersion, StringComparison.Ordinal);
        Assert.Equal("default", outside.ServiceAccount);
    }

    private async Task<AccessReport> JudgeAsync(IKubeApi? administrator) => AccessJudge.Judge(
        await Gateway.GatherEvidenceAsync(
            new AccessQuestion { MountPath = sandbox.Server.MountPath },
            MountedTokenLookup.By(Gateway, administrator),
            CallContext.None with { Stop = TestContext.Current.CancellationToken }));
}
