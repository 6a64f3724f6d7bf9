using System.Text;
using KubeSa.Sandbox;
using KubeSa.Sandbox.Storage;
using KubeSa.Sandbox.Tokens;
using Xunit;

namespace KubeSa.Contract.Parts;

public sealed class TokenSecretControllerTests
{
    [Fact]
    public async Task Fills_the_secret_of_an_account()
    {
        await using var cluster = TestCluster.Bare();
        cluster.Account("default", "app");
        Secret(cluster, "app");
        await cluster.SettleAsync();

        var token = TokenIn(cluster);

        Assert.Equal("system:serviceaccount:default:app", cluster.State.Identity.Verifier.Verify(token, []).User?.Name);
    }

    [Theory]
    [InlineData("no-such", "")]
    [InlineData("app", "00000000-0000-0000-0000-000000000000")]
    public async Task Deletes_a_secret_whose_account_is_missing_or_another(string account, string uid)
    {
        await using var cluster = TestCluster.Bare();
        cluster.Account("default", "app");
        Secret(cluster, account, uid);
        await cluster.SettleAsync();

        Assert.Null(cluster.Find("", "secrets", "default", "t"));
    }

    [Fact]
    public async Task Fills_a_removed_token_again_and_leaves_a_wrong_one()
    {
        await using var cluster = TestCluster.Bare();
        cluster.Account("default", "app");
        Secret(cluster, "app");
        await cluster.SettleAsync();
        Change(cluster, "bm9uc2Vuc2U=");
        await cluster.SettleAsync();
        Assert.Equal("nonsense", TokenIn(cluster));

        Change(cluster, null);
        await cluster.SettleAsync();

        Assert.StartsWith("eyJ", TokenIn(cluster), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deletes_the_secrets_of_a_deleted_account()
    {
        await using var cluster = TestCluster.Bare();
        cluster.Account("default", "app");
        Secret(cluster, "app");
        await cluster.SettleAsync();
        cluster.State.Store.Delete(cluster.State.Types.Get("", "serviceaccounts"), "default", "app");
        await cluster.SettleAsync();

        Assert.Null(cluster.Find("", "secrets", "default", "t"));
    }

    [Fact]
    public async Task Gives_every_account_of_the_old_version_a_secret_and_another_when_that_is_deleted()
    {
        await using var cluster = TestCluster.Bare("legacy");
        cluster.Account("default", "app");
        await cluster.SettleAsync();
        var first = SecretNamedBy(cluster);
        Assert.Matches("^app-token-[a-z0-9]{5}$", first);

        cluster.State.Store.Delete(cluster.State.Types.Get("", "secrets"), "default", first);
        await cluster.SettleAsync();

        var second = SecretNamedBy(cluster);
        Assert.NotEqual(first, second);
        Assert.NotNull(cluster.Find("", "secrets", "default", second));
    }

    [Fact]
    public async Task Gives_no_account_of_today_a_secret()
    {
        await using var cluster = TestCluster.Bare();
        cluster.Account("default", "app");
        await cluster.SettleAsync();

        Assert.Empty(cluster.All("", "secrets", "default"));
    }

    [Fact]
    public async Task The_use_of_a_secrets_token_is_noted_and_an_invalidated_one_is_refused()
    {
        await using var cluster = TestCluster.Bare();
        cluster.Account("default", "app");
        Secret(cluster, "app");
        await cluster.SettleAsync();
        var token = TokenIn(cluster);
        Assert.NotNull(cluster.State.Identity.Verifier.Verify(token, []).User);
        Assert.Equal("2026-01-02", cluster.Find("", "secrets", "default", "t")!.Labels[LegacyTokenValidator.LastUsedLabel]);

        cluster.State.Store.Update(cluster.State.Types.Get("", "secrets"), "default", "t", secret =>
        {
            secret.Child("metadata").Child("labels")[LegacyTokenValidator.InvalidSinceLabel] = "2026-01-02";
            return secret;
        });
        cluster.Time.Advance(TimeSpan.FromSeconds(11));

        Assert.Contains("has been marked invalid", cluster.State.Identity.Verifier.Verify(token, []).Error, StringComparison.Ordinal);
    }

    private static StoredObject Secret(TestCluster cluster, string account, string uid = "") => cluster.Create("", "secrets", $$$"""
        {"metadata":{"name":"t","namespace":"default","annotations":{"kubernetes.io/service-account.name":"{{{account}}}","kubernetes.io/service-account.uid":"{{{uid}}}"}},
        "type":"kubernetes.io/service-account-token"}
        """);

    private static void Change(TestCluster cluster, string? token) =>
        cluster.State.Store.Update(cluster.State.Types.Get("", "secrets"), "default", "t", secret =>
        {
            secret["data"]!["token"] = token;
            return secret;
        });

    private static string TokenIn(TestCluster cluster) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(cluster.Find("", "secrets", "default", "t")!.Content().Text("data", "token")!));

    private static string SecretNamedBy(TestCluster cluster) =>
        cluster.Find("", "serviceaccounts", "default", "app")!.Content()["secrets"]!.AsArray().Single().Text("name")!;
}
