using KubeSa.Tests.Engine;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Completion;

/// <summary>What a single Tab offers, in a session that has not asked the cluster anything yet.</summary>
[Collection(SharedProcess.Name)]
public sealed class FirstTabTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Theory]
    [InlineData("Get-KubeServiceAccount -Namespace team-", "team-a")]
    [InlineData("Get-KubeServiceAccount -Namespace team-b,team-", "team-a")]
    [InlineData("Get-KubeServiceAccount -ns team-", "team-a")]
    [InlineData("Get-KubeServiceAccount team-a/", "team-a/web")]
    [InlineData("Get-KubeServiceAccount 'team-a/w", "team-a/web")]
    [InlineData("New-KubeServiceAccountToken team-a/w", "team-a/web")]
    [InlineData("Get-KubeAccessRule team-a/re", "team-a/reader")]
    [InlineData("Get-KubeServiceAccount -AllNamespaces cored", "coredns")]
    [InlineData("Get-KubeServiceAccount -Namespace team-a,team-b rea", "reader")]
    [InlineData("Grant-KubeServiceAccountRole web -Namespace team-a -Role pod", "pod-reader")]
    [InlineData("Grant-KubeServiceAccountRole web -ClusterRole vi", "view")]
    [InlineData("New-KubeServiceAccount web2 -Namespace team-a -ImagePullSecret ", "registry-login")]
    [InlineData("Set-KubeServiceAccount web -Namespace team-a -ImagePullSecret reg", "registry-login")]
    [InlineData("Get-KubeIdentity -As team-a", "'system:serviceaccount:team-a:web'")]
    [InlineData("Get-KubeIdentity -As system:serviceaccount:team-a:w", "'system:serviceaccount:team-a:web'")]
    [InlineData("Connect-KubeCluster -As web", "'system:serviceaccount:team-a:web'")]
    [InlineData("Connect-KubeCluster -Namespace team-", "team-a")]
    [InlineData("Get-KubeIdentity -As x -AsGroup system:serviceaccounts:team-", "'system:serviceaccounts:team-a'")]
    [InlineData("Find-KubeAccess im", "impersonate")]
    [InlineData("Find-KubeAccess get deployments.apps/sc", "deployments.apps/scale")]
    [InlineData("Find-KubeAccess get serviceaccounts -Namespace team-a -Name w", "web")]
    [InlineData("Find-KubeAccess get sa w -Namespace team-a", "web", 24)]
    [InlineData("Get-KubeRole -Namespace team-a pod", "pod-reader")]
    [InlineData("Get-KubeRole -ClusterWide pod", "pod-watcher")]
    [InlineData("Get-KubeRoleBinding -Namespace team-a edit", "edit-deployer")]
    [InlineData("Get-KubeRoleBinding -ClusterWide viewer", "viewer-view")]
    [InlineData("Test-KubeAccess get namespaces team-", "team-a")]
    [InlineData("Test-KubeAccess get -NonResourceUrl /ver", "/version")]
    [InlineData("New-KubeServiceAccountToken web -Duration 2", "24h")]
    [InlineData("Export-KubeServiceAccountKubeConfig web -Duration 3", "30m")]
    [InlineData("Set-KubeServiceAccount web -AutomountToken ", "$false")]
    public void Completes_at_once(string line, string expected, int? cursor = null)
    {
        foreach (var (session, words) in Sessions(line, cursor))
        {
            Assert.True(words.Contains(expected), $"{session} '{line}' completes to {string.Join(' ', words)}");
        }
    }

    [Theory]
    [InlineData("Get-KubeServiceAccount -Connection $unknown -Name ")]
    [InlineData("Get-KubeServiceAccount -Connection (New-KubeConnection reader) -Name ")]
    [InlineData("Get-KubeServiceAccount -Context $unknown -Name ")]
    [InlineData("Get-KubeServiceAccount -Context no-such-context -Name ")]
    [InlineData("Get-KubeServiceAccount -KubeConfig (Get-Item x) -Name ")]
    [InlineData("Connect-KubeCluster -Server https://127.0.0.1:1 -Namespace ")]
    public void Offers_no_names_where_the_cluster_is_not_known(string line)
    {
        foreach (var (session, words) in Sessions(line, null))
        {
            Assert.True(words.Count == 0, $"{session} '{line}' completes to {string.Join(' ', words)}");
        }
    }

    [Fact]
    public async Task Completes_from_the_cluster_that_is_typed_and_asks_it_once()
    {
        await using var other = WireServer.Plain(_ => WireReply.Accounts("default", ["alpha", "beta"]));
        using var engine = sandbox.Connect();
        engine.Run($"$other = New-KubeConnection -Server {other.Url}").RequireNoErrors();
        Assert.Equal(["alpha"], Tab(engine, "Get-KubeServiceAccount -Connection $other -Name al"));
        Assert.Equal(["beta"], Tab(engine, "Remove-KubeServiceAccount -Connection $other be"));
        Assert.Single(other.Requests);
    }

    [Fact]
    public void Leaves_the_connection_it_opened_to_the_command()
    {
        using var environment = new EnvironmentScope(("KUBECONFIG", sandbox.Server.KubeConfig));
        using var engine = new HostedEngine();
        Assert.Contains("web", Tab(engine, "Get-KubeServiceAccount -Namespace team-a w"));
        Assert.Empty(engine.Run("Get-KubeConnection").Output);
        Assert.Contains("web", engine.Run("(Get-KubeServiceAccount w* -Namespace team-a).Name").RequireNoErrors().Text);
    }

    // The three ways of a user: connected, with $KUBECONFIG alone, and with the file on the command line.
    private IEnumerable<(string Session, IReadOnlyList<string> Words)> Sessions(string line, int? cursor)
    {
        using (var connected = sandbox.Connect())
        {
            using var environment = new EnvironmentScope(("KUBECONFIG", sandbox.Server.KubeConfig));
            yield return ("connected", Tab(connected, line, cursor));
        }

        using (var environment = new EnvironmentScope(("KUBECONFIG", sandbox.Server.KubeConfig)))
        {
            using var engine = new HostedEngine();
            yield return ("kubeconfig alone", Tab(engine, line, cursor));
        }

        if (!line.Contains(" -Co", StringComparison.Ordinal) && !line.Contains(" -KubeConfig", StringComparison.Ordinal) && !line.Contains(" -Server", StringComparison.Ordinal))
        {
            using var environment = new EnvironmentScope(("KUBECONFIG", "/no/such/file"));
            using var engine = new HostedEngine();
            var typed = $"-KubeConfig {sandbox.Server.KubeConfig} -Context admin ";
            var space = line.IndexOf(' ', StringComparison.Ordinal) + 1;
            yield return ("typed", Tab(engine, line.Insert(space, typed), cursor + typed.Length));
        }
    }

    private static IReadOnlyList<string> Tab(HostedEngine engine, string line, int? cursor = null) =>
        engine.Run(
            "param($line, $cursor) (TabExpansion2 $line $cursor).CompletionMatches | Where-Object ResultType -EQ ParameterValue | ForEach-Object CompletionText",
            line,
            cursor ?? line.Length).RequireNoErrors().Text;
}
