using Xunit;

namespace KubeSa.Contract.Kubectl;

/// <summary><c>kubectl auth</c>.</summary>
public sealed class AccessCommandTests
{
    public static IEnumerable<TheoryDataRow<string?>> Kubectls() => KubectlProgram.Rows();

    [Theory]
    [MemberData(nameof(Kubectls))]
    public async Task Says_who_one_is(string? kubectl)
    {
        await using var session = await KubectlSession.OrSkipAsync(kubectl, sinceMinor: 28);

        Assert.Equal("kubernetes-admin", await session.ReadAsync("auth whoami -o jsonpath={.status.userInfo.username}"));
        Assert.Equal("bob", await session.ReadAsync("auth whoami --as=bob -o jsonpath={.status.userInfo.username}"));
        Assert.Matches(@"(?m)^Username +system:serviceaccount:team-a:reader$", await session.ReadAsync("auth whoami --context reader"));
    }

    [Theory]
    [MemberData(nameof(Kubectls))]
    public async Task Says_what_one_may(string? kubectl)
    {
        await using var session = await KubectlSession.OrSkipAsync(kubectl);

        Assert.Equal("yes", await session.ReadAsync("auth can-i list pods -n team-a --context reader"));
        Assert.Equal("no", (await session.TypeAsync("auth can-i delete pods -n team-a --context reader")).Stdout.Trim());
        Assert.Equal(1, (await session.TypeAsync("auth can-i delete pods -n team-a --context reader")).ExitCode);
        Assert.Equal("yes", await session.ReadAsync("auth can-i list pods -n team-a --as=system:serviceaccount:team-a:reader"));
        Assert.Equal("yes", await session.ReadAsync("auth can-i get /healthz --context reader"));
    }

    [Theory]
    [MemberData(nameof(Kubectls))]
    public async Task Lists_what_one_may(string? kubectl)
    {
        await using var session = await KubectlSession.OrSkipAsync(kubectl);

        var rules = await session.ReadAsync("auth can-i --list -n team-a --context reader");

        Assert.Matches(@"(?m)^pods +\[\] +\[\] +\[get list watch\]$", rules);
        Assert.DoesNotMatch(@"(?m)^secrets ", rules);
    }

    [Theory]
    [MemberData(nameof(Kubectls))]
    public async Task Follows_a_binding_made_by_kubectl(string? kubectl)
    {
        await using var session = await KubectlSession.OrSkipAsync(kubectl);
        await session.ReadAsync("create serviceaccount robot");
        const string Question = "auth can-i delete configmaps --as=system:serviceaccount:default:robot";
        Assert.Equal("no", (await session.TypeAsync(Question)).Stdout.Trim());

        await session.ReadAsync("create role sweeper --verb=delete --resource=configmaps");
        await session.ReadAsync("create rolebinding sweepers --role=sweeper --serviceaccount=default:robot");

        Assert.Equal("yes", await session.ReadAsync(Question));
    }
}
