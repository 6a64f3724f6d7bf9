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
        await using var bench = Bench.Bare();
        bench.Account("default", "app");
        Secret(bench, "app");
        await bench.SettleAsync();

        var token = TokenIn(bench);

        Assert.Equal("system:serviceaccount:default:app", bench.State.Identity.Verifier.Verify(token, []).User?.Name);
    }

    [Theory]
    [InlineData("no-such", "")]
    [InlineData("app", "00000000-0000-0000-0000-000000000000")]
    public async Task Deletes_a_secret_whose_account_is_missing_or_another(string account, string uid)
    {
        await using var bench = Bench.Bare();
        bench.Account("default", "app");
        Secret(bench, account, uid);
        await bench.SettleAsync();

        Assert.Null(bench.Find("", "secrets", "default", "t"));
    }

    [Fact]
    public async Task Fills_a_removed_token_again_and_leaves_a_wrong_one()
    {
        await using var bench = Bench.Bare();
        bench.Account("default", "app");
        Secret(bench, "app");
        await bench.SettleAsync();
        Change(bench, "bm9uc2Vuc2U=");
        await bench.SettleAsync();
        Assert.Equal("nonsense", TokenIn(bench));

        Change(bench, null);
        await bench.SettleAsync();

        Assert.StartsWith("eyJ", TokenIn(bench), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deletes_the_secrets_of_a_deleted_account()
    {
        await using var bench = Bench.Bare();
        bench.Account("default", "app");
        Secret(bench, "app");
        await bench.SettleAsync();
        bench.State.Store.Delete(bench.State.Types.Get("", "serviceaccounts"), "default", "app");
        await bench.SettleAsync();

        Assert.Null(bench.Find("", "secrets", "default", "t"));
    }

    [Fact]
    public async Task Gives_every_account_of_the_old_version_a_secret_and_another_when_that_is_deleted()
    {
        await using var bench = Bench.Bare("legacy");
        bench.Account("default", "app");
        await bench.SettleAsync();
        var first = SecretNamedBy(bench);
        Assert.Matches("^app-token-[a-z0-9]{5}$", first);

        bench.State.Store.Delete(bench.State.Types.Get("", "secrets"), "default", first);
        await bench.SettleAsync();

        var second = SecretNamedBy(bench);
        Assert.NotEqual(first, second);
        Assert.NotNull(bench.Find("", "secrets", "default", second));
    }

    [Fact]
    public async Task Gives_no_account_of_today_a_secret()
    {
        await using var bench = Bench.Bare();
        bench.Account("default", "app");
        await bench.SettleAsync();

        Assert.Empty(bench.All("", "secrets", "default"));
    }

    [Fact]
    public async Task The_use_of_a_secrets_token_is_noted_and_an_invalidated_one_is_refused()
    {
        await using var bench = Bench.Bare();
        bench.Account("default", "app");
        Secret(bench, "app");
        await bench.SettleAsync();
        var token = TokenIn(bench);
        Assert.NotNull(bench.State.Identity.Verifier.Verify(token, []).User);
        Assert.Equal("2026-01-02", bench.Find("", "secrets", "default", "t")!.Labels[LegacyTokenValidator.LastUsedLabel]);

        bench.State.Store.Update(bench.State.Types.Get("", "secrets"), "default", "t", secret =>
        {
            secret.Child("metadata").Child("labels")[LegacyTokenValidator.InvalidSinceLabel] = "2026-01-02";
            return secret;
        });
        bench.Time.Advance(TimeSpan.FromSeconds(11));

        Assert.Contains("has been marked invalid", bench.State.Identity.Verifier.Verify(token, []).Error, StringComparison.Ordinal);
    }

    private static StoredObject Secret(Bench bench, string account, string uid = "") => bench.Create("", "secrets", $$$"""
        {"metadata":{"name":"t","namespace":"default","annotations":{"kubernetes.io/service-account.name":"{{{account}}}","kubernetes.io/service-account.uid":"{{{uid}}}"}},
        "type":"kubernetes.io/service-account-token"}
        """);

    private static void Change(Bench bench, string? token) =>
        bench.State.Store.Update(bench.State.Types.Get("", "secrets"), "default", "t", secret =>
        {
            secret["data"]!["token"] = token;
            return secret;
        });

    private static string TokenIn(Bench bench) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(bench.Find("", "secrets", "default", "t")!.Content().Text("data", "token")!));

    private static string SecretNamedBy(Bench bench) =>
        bench.Find("", "serviceaccounts", "default", "app")!.Content()["secrets"]!.AsArray().Single().Text("name")!;
}
