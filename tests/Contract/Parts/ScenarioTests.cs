using System.Globalization;
using System.Text;
using KubeSa.Sandbox;
using KubeSa.Sandbox.Auth;
using KubeSa.Sandbox.Scenarios;
using KubeSa.Sandbox.Storage;
using KubeSa.Sandbox.Tokens;
using Xunit;

namespace KubeSa.Contract.Parts;

public sealed class ScenarioTests : IDisposable
{
    private static readonly Uri Server = new("https://127.0.0.1:6443");
    private readonly string _directory = Directory.CreateTempSubdirectory("kubesa-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task The_mounted_token_of_the_story_is_signed_by_a_key_that_is_gone()
    {
        await using var cluster = await ShowAsync("retired-key");

        var verdict = Verify(cluster);

        Assert.Equal("[invalid bearer token, invalid signature, no keys found]", verdict.Error);
        Assert.Equal("kube-system", Read("namespace"));
        Assert.Equal("default-token-4x7kz", cluster.Find("", "serviceaccounts", "kube-system", "default")!.Content()["secrets"]![0].Text("name"));
        Assert.Equal(14, cluster.All("", "pods").Count);
    }

    [Fact]
    public async Task A_deployment_pointed_at_a_new_account_gets_a_pod_that_counts_fourteen()
    {
        await using var cluster = await ShowAsync("retired-key");
        cluster.Account("kube-system", "pod-counter");
        Point(cluster, "pod-counter");
        await cluster.SettleAsync();

        var user = Verify(cluster).User;

        Assert.Equal("system:serviceaccount:kube-system:pod-counter", user?.Name);
        Assert.True(cluster.Ask(user!, "list", "pods").IsAllowed);
        Assert.Equal(14, cluster.All("", "pods").Count);
        var status = Counter(cluster).Content()["status"]!;
        Assert.Equal(2, (int)status["observedGeneration"]!);
        Assert.Equal((1, 1), ((int)status["updatedReplicas"]!, (int)status["availableReplicas"]!));
    }

    [Fact]
    public async Task A_deployment_pointed_at_a_missing_account_keeps_its_pod_and_goes_on_when_the_account_comes()
    {
        await using var cluster = await ShowAsync("retired-key");
        Point(cluster, "no-such");
        await cluster.SettleAsync();
        Assert.Null(Counter(cluster).Content()["status"]!["updatedReplicas"]);
        Assert.Contains(cluster.All("", "pods"), pod => pod.Name.StartsWith("pod-counter-", StringComparison.Ordinal));
        var conditions = Counter(cluster).Content()["status"]!["conditions"]!.AsArray();
        var failure = conditions.Single(condition => condition.Text("type") == "ReplicaFailure").Text("message");
        Assert.EndsWith("serviceaccount \"no-such\" not found", failure, StringComparison.Ordinal);

        cluster.Account("kube-system", "no-such");
        await cluster.SettleAsync();

        Assert.Equal(1, (int)Counter(cluster).Content()["status"]!["updatedReplicas"]!);
    }

    [Theory]
    [InlineData("modern", "pod-watcher")]
    [InlineData("legacy", "pod-watcher")]
    public async Task The_mount_of_the_other_scenarios_is_good_and_may_list_pods(string scenario, string account)
    {
        await using var cluster = await ShowAsync(scenario);

        var user = Verify(cluster).User;

        Assert.Equal($"system:serviceaccount:team-a:{account}", user?.Name);
        Assert.True(cluster.Ask(user!, "list", "pods").IsAllowed);
        Assert.Equal(scenario == "legacy", JsonWebSignature.TryParse(Read("token"))!.Issuer == TokenIssuer.LegacyIssuer);
    }

    [Fact]
    public async Task Every_account_of_the_old_version_names_its_token_secret_from_the_start()
    {
        await using var cluster = TestCluster.Of("legacy");

        Assert.All(cluster.All("", "serviceaccounts", "team-a"), account => Assert.NotNull(account.Content()["secrets"]));
    }

    [Theory]
    [InlineData("modern")]
    [InlineData("legacy")]
    public async Task The_teams_cluster_has_grown_over_years(string scenario)
    {
        await using var cluster = TestCluster.Of(scenario);
        await cluster.SettleAsync();

        Assert.Equal(10, cluster.All("", "pods").Count);
        var ages = cluster.All("", "serviceaccounts").Concat(cluster.All("", "pods")).Select(obj => Days(cluster, obj)).ToArray();
        Assert.Contains(ages, age => age is > 0 and < 90);
        Assert.Contains(ages, age => age is > 90 and < 365);
        Assert.Contains(ages, age => age > 365);
        Assert.DoesNotContain(ages, age => age <= 0);
        foreach (var ns in cluster.All("", "namespaces"))
        {
            var born = Days(cluster, ns);
            Assert.All(cluster.All("", "serviceaccounts", ns.Name).Concat(cluster.All("", "pods", ns.Name)), obj => Assert.InRange(Days(cluster, obj), 1, born));
            Assert.Equal(born, Days(cluster, cluster.Find("", "configmaps", ns.Name, "kube-root-ca.crt")!));
        }

        cluster.Account("team-a", "newcomer");
        Assert.Equal(0, Days(cluster, cluster.Find("", "serviceaccounts", "team-a", "newcomer")!));
    }

    [Theory]
    [InlineData("modern")]
    [InlineData("legacy")]
    public async Task What_the_teams_left_behind_is_there_to_be_found(string scenario)
    {
        await using var cluster = TestCluster.Of(scenario);
        var everything = new UserInfo("system:serviceaccount:tools:ci-robot", "u", [], new Dictionary<string, IReadOnlyList<string>>());
        Assert.True(cluster.Ask(everything, "delete", "nodes").IsAllowed);

        var dangling = cluster.Find("rbac.authorization.k8s.io", "rolebindings", "tools", "edit-old-deployer")!.Content()["subjects"]![0];
        Assert.Null(cluster.Find("", "serviceaccounts", "tools", dangling.Text("name")!));

        Assert.True(Days(cluster, cluster.Find("", "serviceaccounts", "team-b", "unused")!) > 90);
        Assert.Contains(cluster.All("", "secrets", "team-b"), secret => TokenSecrets.AccountOf(secret.Content()) == "unused");
    }

    [Theory]
    [InlineData("ci-robot", null)]
    [InlineData("unused", "has been marked invalid")]
    public async Task The_token_that_nobody_used_for_long_is_no_longer_taken(string account, string? refusal)
    {
        await using var cluster = TestCluster.Of("modern");
        var secret = cluster.All("", "secrets").Single(secret => TokenSecrets.AccountOf(secret.Content()) == account);
        var token = Encoding.UTF8.GetString(Convert.FromBase64String(secret.Content().Text("data", "token")!));

        var verdict = cluster.State.Identity.Verifier.Verify(token, []);

        Assert.Equal(refusal is null, verdict.User is not null);
        Assert.Contains(refusal ?? string.Empty, verdict.Error ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mount_is_replaced_in_one_step_and_readable_by_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("a mount of links needs them");
            return;
        }

        var mount = new PodMountDirectory(Path.Combine(_directory, "mount"), Server, TimeProvider.System);
        mount.Write(new Dictionary<string, string> { ["token"] = "one", ["ca.crt"] = "ca" });
        var first = new DirectoryInfo(Path.Combine(_directory, "mount", "..data")).LinkTarget;

        mount.Write(new Dictionary<string, string> { ["token"] = "two" });

        Assert.Equal("two", Read("token"));
        Assert.False(File.Exists(Path.Combine(_directory, "mount", "ca.crt")));
        Assert.NotEqual(first, new DirectoryInfo(Path.Combine(_directory, "mount", "..data")).LinkTarget);
        Assert.Equal("..data/token", new FileInfo(Path.Combine(_directory, "mount", "token")).LinkTarget);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(_directory, "mount", "..data", "token")));
    }

    private async Task<TestCluster> ShowAsync(string scenario)
    {
        var cluster = TestCluster.Of(scenario);
        await cluster.SettleAsync();
        cluster.State.Mount!.Attach(new PodMountDirectory(Path.Combine(_directory, "mount"), Server, cluster.Time));
        return cluster;
    }

    private static int Days(TestCluster cluster, StoredObject obj) =>
        (int)(cluster.Time.GetUtcNow() - DateTimeOffset.Parse(obj.Content().Text("metadata", "creationTimestamp")!, CultureInfo.InvariantCulture)).TotalDays;

    private static void Point(TestCluster cluster, string account) =>
        cluster.State.Store.Update(cluster.State.Types.Get("apps", "deployments"), "kube-system", "pod-counter", deployment =>
        {
            deployment["metadata"]!["generation"] = 2;
            deployment["spec"]!["template"]!["spec"]!["serviceAccountName"] = account;
            deployment["spec"]!["template"]!["spec"]!["serviceAccount"] = account;
            return deployment;
        });

    private static StoredObject Counter(TestCluster cluster) => cluster.Find("apps", "deployments", "kube-system", "pod-counter")!;

    private TokenVerdict Verify(TestCluster cluster) => cluster.State.Identity.Verifier.Verify(Read("token"), []);

    private string Read(string name) => File.ReadAllText(Path.Combine(_directory, "mount", name));
}
