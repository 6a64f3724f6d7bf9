using System.Security.Cryptography;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Tokens;
using Xunit;

namespace KubeSa.Contract.Parts;

public sealed class TokenVerifierTests : IAsyncDisposable
{
    private readonly Bench _bench = Bench.Bare();

    private KubeSa.Sandbox.Identity Identity => _bench.State.Identity;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public void Names_a_key_as_Kubernetes_does()
    {
        // From a real server's JWKS.
        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = Base64Url.TryDecode("s7HxFssCgbWQ9PQpJMjqh7_mHVKE09z601NV7P_D-j35SqDiTtjhwduACENDjKeTgRNbEP2BO6C4vFhFw6uMriCq0A9nymtxYZMv7VpAbKzJ8t0AIMBlthdEUdhG656YgZODK95Yiqn3GDXBMQMjPH394QXAYEEVox4yYSBtUYHyny9LM8q8iiSEBQHkWgH2vm42QUhmD0ePst281SWwzpNlsb3DTaWmT2raixcMAd7BD9a3wOI9-jMbA4xGkELeeIQYNwId7n3tfxrM197YR6t98TNDHAfbdcxIFbdHKQ5-KEfMB_sAKbNz-sv4raKDsn5AglSP9h9-Pl36c_vRQw"),
            Exponent = [1, 0, 1],
        });

        Assert.Equal("I68G1C7nTStT__B0VYlrv9nj-UAfS7hYvoIUgFuWFAs", new SigningKey(rsa).Id);
    }

    [Fact]
    public void A_requested_token_is_the_accounts()
    {
        var token = Request(_bench.Account("default", "app"));

        var verdict = Identity.Verifier.Verify(token, []);

        Assert.Equal("system:serviceaccount:default:app", verdict.User?.Name);
        Assert.Equal(["system:serviceaccounts", "system:serviceaccounts:default", "system:authenticated"], verdict.User?.Groups);
        Assert.Equal([TokenIssuer.Issuer], verdict.Audiences);
    }

    [Fact]
    public void A_minute_after_its_end_a_token_has_expired()
    {
        var token = Request(_bench.Account("default", "app"));
        _bench.Time.Advance(TimeSpan.FromSeconds(3600 + 59));
        Assert.NotNull(Identity.Verifier.Verify(token, []).User);

        _bench.Time.Advance(TimeSpan.FromSeconds(12));

        Assert.Equal("[invalid bearer token, service account token has expired]", Identity.Verifier.Verify(token, []).Error);
    }

    [Fact]
    public void After_the_key_was_replaced_no_key_is_found()
    {
        var token = Request(_bench.Account("default", "app"));
        Assert.NotNull(Identity.Verifier.Verify(token, []).User);

        Identity.Keys.Rotate();

        Assert.Equal("[invalid bearer token, invalid signature, no keys found]", Identity.Verifier.Verify(token, []).Error);
    }

    [Fact]
    public async Task The_old_version_tries_every_key_whatever_the_token_names()
    {
        await using var legacy = Bench.Bare("legacy");
        var account = legacy.Account("default", "app");
        var key = legacy.State.Identity.Keys.ServerKey;
        var good = Jwt.TryParse(legacy.State.Identity.Issuer.IssueBound(new BoundTokenRequest("default", new NamedUid("app", account.Uid), 600)))!;
        var misnamed = Jwt.Sign(key, good.Claims, new JsonObject { ["alg"] = "RS256", ["kid"] = "nobody" });
        var foreign = Jwt.Sign(SigningKey.Create(), good.Claims);

        Assert.NotNull(legacy.State.Identity.Verifier.Verify(misnamed, []).User);
        Assert.Equal(
            "[invalid bearer token, square/go-jose: error in cryptographic primitive]",
            legacy.State.Identity.Verifier.Verify(foreign, []).Error);
    }

    [Fact]
    public void A_token_of_algorithm_none_is_refused_even_with_a_known_key()
    {
        var account = _bench.Account("default", "app");
        var claims = Jwt.TryParse(Request(account))!.Claims;
        var header = new JsonObject { ["alg"] = "none", ["kid"] = Identity.Keys.ServerKey.Id };
        var token = string.Join('.', Jwt.Sign(Identity.Keys.ServerKey, claims, header).Split('.')[..2]) + ".";

        Assert.Null(Identity.Verifier.Verify(token, []).User);
    }

    [Fact]
    public void A_deleted_account_is_known_ten_seconds_longer_if_its_token_was_just_used()
    {
        var token = Request(_bench.Account("default", "app"));
        Assert.NotNull(Identity.Verifier.Verify(token, []).User);
        _bench.State.Store.Delete(_bench.State.Types.Get("", "serviceaccounts"), "default", "app");
        Assert.NotNull(Identity.Verifier.Verify(token, []).User);

        _bench.Time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal("[invalid bearer token, serviceaccounts \"app\" not found]", Identity.Verifier.Verify(token, []).Error);
    }

    [Fact]
    public void A_token_goes_with_the_secret_it_is_bound_to()
    {
        var account = _bench.Account("default", "app");
        var secret = _bench.Create("", "secrets", """{"metadata":{"name":"anchor","namespace":"default"}}""");
        var token = Identity.Issuer.IssueBound(new BoundTokenRequest("default", new NamedUid("app", account.Uid), 3600)
        {
            Secret = new NamedUid("anchor", secret.Uid),
        });
        _bench.State.Store.Delete(_bench.State.Types.Get("", "secrets"), "default", "anchor");

        Assert.Equal("[invalid bearer token, service account token has been invalidated]", Identity.Verifier.Verify(token, []).Error);
    }

    [Fact]
    public void The_kubelets_token_of_a_pod_lives_a_year_and_warns_after_an_hour()
    {
        var account = _bench.Account("default", "app");
        var request = new BoundTokenRequest("default", new NamedUid("app", account.Uid), TokenIssuer.KubeletSeconds);

        var claims = Jwt.TryParse(Identity.Issuer.IssueBound(request with { Pod = new NamedUid("p", "u") }))!.Claims;
        var unbound = Jwt.TryParse(Identity.Issuer.IssueBound(request))!.Claims;

        Assert.Equal(31536000, (long)claims["exp"]! - (long)claims["iat"]!);
        Assert.Equal(3607, (long)claims["kubernetes.io"]!["warnafter"]! - (long)claims["iat"]!);
        Assert.Equal(3607, (long)unbound["exp"]! - (long)unbound["iat"]!);
        Assert.Null(unbound["kubernetes.io"]!["warnafter"]);
    }

    [Fact]
    public void Every_reason_a_token_is_refused_for_leaves_the_token_out()
    {
        var token = Request(_bench.Account("default", "app"));
        Identity.Keys.Rotate();

        Assert.DoesNotContain(token.Split('.')[2], Identity.Verifier.Verify(token, []).Error, StringComparison.Ordinal);
        Assert.DoesNotContain(token, Jwt.TryParse(token)!.ToString(), StringComparison.Ordinal);
    }

    private string Request(KubeSa.Sandbox.Storage.StoredObject account) =>
        Identity.Issuer.IssueBound(new BoundTokenRequest(account.Namespace, new NamedUid(account.Name, account.Uid), 3600));
}
