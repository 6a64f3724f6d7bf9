using Xunit;

namespace KubeSa.Contract.Kubectl;

/// <summary>The rest of what people type around service accounts.</summary>
public sealed class ClusterCommandTests
{
    private static readonly string[] Scenarios = ["modern", "legacy"];

    public static IEnumerable<TheoryDataRow<string?>> Kubectls() => KubectlProgram.Rows();

    public static IEnumerable<TheoryDataRow<string?, string>> KubectlsAndScenarios() =>
        KubectlProgram.Rows().SelectMany(_ => Scenarios, (row, scenario) => new TheoryDataRow<string?, string>(row.Data, scenario));

    [Theory]
    [MemberData(nameof(KubectlsAndScenarios))]
    public async Task A_deployment_pointed_at_an_account_runs_as_it(string? kubectl, string scenario)
    {
        await using var session = await KubectlSession.OrSkipAsync(kubectl, scenario);
        await session.ReadAsync("create deployment shop --image=example.com/shop:1");
        await session.ReadAsync("create serviceaccount robot");
        await session.Server.State.Controllers.SettleAsync(evenLater: true);

        Assert.Equal("deployment.apps/shop serviceaccount updated", await session.ReadAsync("set serviceaccount deployment shop robot"));
        Assert.Contains("successfully rolled out", await session.ReadAsync("rollout status deployment/shop --timeout=30s"));
        Assert.Equal("robot", await session.ReadAsync("get pods -l app=shop -o jsonpath={.items[*].spec.serviceAccountName}"));
        Assert.Matches(@"^NAME +READY +UP-TO-DATE +AVAILABLE +AGE\nshop +1/1 +1 +1 ", await session.ReadAsync("get deployments"));
        Assert.Matches(@"^NAME +READY +STATUS +RESTARTS +AGE\nshop-\S+ +1/1 +Running +0 ", await session.ReadAsync("get pods -l app=shop"));
        Assert.Matches(@"(?m)^Status: +Running$", await session.ReadAsync("describe pods -l app=shop"));
    }

    [Theory]
    [MemberData(nameof(Kubectls))]
    public async Task A_token_Secret_is_filled_and_shown(string? kubectl)
    {
        await using var session = await KubectlSession.OrSkipAsync(kubectl);
        await session.ReadAsync("create -f -", """
            apiVersion: v1
            kind: Secret
            type: kubernetes.io/service-account-token
            metadata: { name: long-lived, namespace: team-a, annotations: { kubernetes.io/service-account.name: builder } }
            """);
        await session.Server.State.Controllers.SettleAsync(evenLater: true);

        Assert.Matches(@"\nlong-lived +kubernetes.io/service-account-token +3 ", await session.ReadAsync("get secret long-lived -n team-a"));
        Assert.Matches(@"(?m)^token: +eyJ", await session.ReadAsync("describe secret long-lived -n team-a"));
    }

    [Theory]
    [MemberData(nameof(KubectlsAndScenarios))]
    public async Task Lists_the_resources_the_sandbox_has(string? kubectl, string scenario)
    {
        await using var session = await KubectlSession.OrSkipAsync(kubectl, scenario);
        // A resource in several versions of its group is one to kubectl.
        var expected = session.Server.State.Types.All.Select(t => t.QualifiedName).Distinct().Order(StringComparer.Ordinal);

        var listed = (await session.ReadAsync("api-resources -o name")).Split('\n').Order(StringComparer.Ordinal);

        Assert.Equal(expected, listed);
    }

    [Theory]
    [InlineData("modern", "v1.36.2")]
    [InlineData("legacy", "v1.20.2")]
    public async Task Says_the_version_it_answers_as(string scenario, string version)
    {
        foreach (var path in KubectlProgram.Paths().DefaultIfEmpty(null))
        {
            await using var session = await KubectlSession.OrSkipAsync(path, scenario);
            Assert.Contains($"\"gitVersion\": \"{version}\"", await session.ReadAsync("version -o json"));
        }
    }

    [Theory]
    [MemberData(nameof(Kubectls))]
    public async Task Sees_a_change_while_it_watches(string? kubectl)
    {
        await using var session = await KubectlSession.OrSkipAsync(kubectl, sinceMinor: 23);
        await session.ReadAsync("create serviceaccount robot");
        var wait = session.ReadAsync("wait --for=jsonpath={.metadata.labels.done}=yes serviceaccount/robot --timeout=30s");

        await session.ReadAsync("label serviceaccount robot done=yes");

        Assert.Equal("serviceaccount/robot condition met", await wait);
    }
}
