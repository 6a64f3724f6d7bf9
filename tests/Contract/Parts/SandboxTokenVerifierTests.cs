using System.Security.Cryptography;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Tokens;
using Xunit;

namespace KubeSa.Contract.Parts;

public sealed class SandboxTokenVerifierTests : IAsyncDisposable
{
    private readonly TestCluster _cluster = TestCluster.Bare();

    private KubeSa.Sandbox.ClusterIdentity Identity => _cluster.State.Identity;

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

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
        var token = Request(_cluster.Account("default", "app"));

        var verdict = Identity.Verifier.Verify(token, []);

        Assert.Equal("system:serviceaccount:default:app", verdict.User?.Name);
        Assert.Equal(["system:serviceaccounts", "system:serviceaccounts:default", "system:authenticated"], verdict.User?.Groups);
        Assert.Equal([TokenIssuer.Issuer], verdict.Audiences);
    }

    [Fact]
    public void A_minute_after_its_end_a_token_has_expired()
    {
        var token = Request(_cluster.Account("default", "app"));
        _cluster.Time.Advance(TimeSpan.FromSeconds(3600 + 59));
        Assert.NotNull(Identity.Verifier.Verify(token, []).User);

        _cluster.Time.Advance(TimeSpan.FromSeconds(12));

        Assert.Equal("[invalid bearer token, service account token has expired]", Identity.Verifier.Verify(token, []).Error);
    }

    [Fact]
    public void After_the_key_was_replaced_no_key_is_found()
    {
        var token = Request(_cluster.Account("default", "app"));
        Assert.NotNull(Identity.Verifier.Verify(token, []).User);

        Identity.Keys.Rotate();

        Assert.Equal("[invalid bearer token, invalid signature, no keys found]", Identity.Verifier.Verify(token, []).Error);
    }

    [Fact]
    public async Task The_old_version_tries_every_key_whatever_the_token_names()
    {
        await using var legacy = TestCluster.Bare("legacy");
        var account = legacy.Account("default", "app");
        var key = legacy.State.Identity.Keys.ServerKey;
        var good = JsonWebSignature.TryParse(legacy.State.Identity.Issuer.IssueBound(new BoundTokenRequest("default", new NamedUid("app", account.Uid), 600)))!;
        var misnamed = JsonWebSignature.Sign(key, good.Claims, new JsonObject { ["alg"] = "RS256", ["kid"] = "nobody" });
        var foreign = JsonWebSignature.Sign(SigningKey.Create(), good.Claims);

        Assert.NotNull(legacy.State.Identity.Verifier.Verify(misnamed, []).User);
        Assert.Equal(
            "[invalid bearer token, square/go-jose: error in cryptographic primitive]",
            legacy.State.Identity.Verifier.Verify(foreign, []).Error);
    }

    [Fact]
    public void A_token_of_algorithm_none_is_refused_even_with_a_known_key()
    {
        var account = _cluster.Account("default", "app");
        var claims = JsonWebSignature.TryParse(Request(account))!.Claims;
        var header = new JsonObject { ["alg"] = "none", ["kid"] = Identity.Keys.ServerKey.Id };
        var token = string.Join('.', JsonWebSignature.Sign(Identity.Keys.ServerKey, claims, header).Split('.')[..2]) + ".";

        Assert.Null(Identity.Verifier.Verify(token, []).User);
    }

    [Fact]
    public void A_deleted_account_is_known_ten_seconds_longer_if_its_token_was_just_used()
    {
        var token = Request(_cluster.Account("default", "app"));
        Assert.NotNull(Identity.Verifier.Verify(token, []).User);
        _cluster.State.Store.Delete(_cluster.State.Types.Get("", "serviceaccounts"), "default", "app");
        Assert.NotNull(Identity.Verifier.Verify(token, []).User);

        _cluster.Time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal("[invalid bearer token, serviceaccounts \"app\" not found]", Identity.Verifier.Verify(token, []).Error);
    }

    [Fact]
    public void A_token_goes_with_the_secret_it_is_bound_to()
    {
        var account = _cluster.Account("default", "app");
        var secret = _cluster.Create("", "secrets", """{"metadata":{"name":"anchor","namespace":"default"}}""");
        var token = Identity.Issuer.IssueBound(new BoundTokenRequest("default", new NamedUid("app", account.Uid), 3600)
        {
            Secret = new NamedUid("anchor", secret.Uid),
        });
        _cluster.State.Store.Delete(_cluster.State.Types.Get("", "secrets"), "default", "anchor");

        Assert.Equal("[invalid bearer token, service account token has been invalidated]", Identity.Verifier.Verify(token, []).Error);
    }

    [Fact]
    public void The_kubelets_token_of_a_pod_lives_a_year_and_warns_after_an_hour()
    {
        var account = _cluster.Account("default", "app");
        var request = new BoundTokenRequest("default", new NamedUid("app", account.Uid), TokenIssuer.KubeletSeconds);

        var claims = JsonWebSignature.TryParse(Identity.Issuer.IssueBound(request with { Pod = new NamedUid("p", "u") }))!.Claims;
        var unbound = JsonWebSignature.TryParse(Identity.Issuer.IssueBound(request))!.Claims;

        Assert.Equal(31536000, (long)claims["exp"]! - (long)claims["iat"]!);
        Assert.Equal(3607, (long)claims["kubernetes.io"]!["warnafter"]! - (long)claims["iat"]!);
        Assert.Equal(3607, (long)unbound["exp"]! - (long)unbound["iat"]!);
        Assert.Null(unbound["kubernetes.io"]!["warnafter"]);
    }

    [Fact]
    public void Every_reason_a_token_is_refused_for_leaves_the_token_out()
    {
        var token = Request(_cluster.Account("default", "app"));
        Identity.Keys.Rotate();

        Assert.DoesNotContain(token.Split('.')[2], Identity.Verifier.Verify(token, []).Error, StringComparison.Ordinal);
        Assert.DoesNotContain(token, JsonWebSignature.TryParse(token)!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("header padded", "invalid bearer token")]
    [InlineData("payload padded", "invalid bearer token")]
    [InlineData("signature padded", "invalid bearer token")]
    [InlineData("plain base64", "invalid bearer token")]
    [InlineData("a blank", "invalid bearer token")]
    [InlineData("pasted twice", "invalid bearer token")]
    [InlineData("the scheme", "invalid bearer token")]
    [InlineData("cut short", "[invalid bearer token, go-jose/go-jose: error in cryptographic primitive]")]
    [InlineData("text behind it", "[invalid bearer token, go-jose/go-jose: error in cryptographic primitive]")]
    public void What_is_not_base64url_is_refused_as_Go_refuses_it(string what, string error)
    {
        // 254 and 255 make '/' and '+' or '_' and '-', and two bytes over make padding.
        var good = JsonWebSignature.TryParse(Request(_cluster.Account("default", "app")))!;
        var claims = good.Claims.DeepClone().AsObject();
        claims["odd"] = "\u00ff\u00fe?>~~~";
        var token = JsonWebSignature.Sign(Identity.Keys.ServerKey, claims);
        Assert.NotNull(Identity.Verifier.Verify(token, []).User);
        var parts = token.Split('.');
        var changed = what switch
        {
            "header padded" => $"{parts[0]}=.{parts[1]}.{parts[2]}",
            "payload padded" => $"{parts[0]}.{parts[1]}=.{parts[2]}",
            "signature padded" => token + "==",
            "plain base64" => $"{parts[0]}.{parts[1]}.{parts[2][..^1]}+",
            "a blank" => token.Insert(parts[0].Length + 20, " "),
            "pasted twice" => token + token,
            "the scheme" => "Bearer " + token,
            "cut short" => token[..^4],
            _ => token + "junk",
        };

        Assert.Equal(error, Identity.Verifier.Verify(changed, []).Error);
    }

    [Theory]
    [InlineData("exp", "-1", "service account token has expired")]
    [InlineData("exp", "1e300", "service account token has expired")]
    [InlineData("exp", "\"soon\"", "go-jose/go-jose/jwt: expected number value to unmarshal NumericDate")]
    [InlineData("nbf", "true", "go-jose/go-jose/jwt: expected number value to unmarshal NumericDate")]
    [InlineData("nbf", "99999999999", "service account token is not valid yet")]
    [InlineData("iat", "99999999999", "service account token claims could not be validated due to unexpected validation error")]
    [InlineData("exp", "null", null)]
    public void Odd_times_are_read_as_Go_reads_them(string claim, string json, string? error)
    {
        var claims = JsonWebSignature.TryParse(Request(_cluster.Account("default", "app")))!.Claims.DeepClone().AsObject();
        claims[claim] = JsonNode.Parse(json);

        Assert.Equal(error is null ? "" : $"[invalid bearer token, {error}]", Identity.Verifier.Verify(JsonWebSignature.Sign(Identity.Keys.ServerKey, claims), []).Error);
    }

    [Fact]
    public void A_token_that_demands_an_unknown_extension_does_not_verify()
    {
        var claims = JsonWebSignature.TryParse(Request(_cluster.Account("default", "app")))!.Claims;
        var header = new JsonObject { ["alg"] = "RS256", ["kid"] = Identity.Keys.ServerKey.Id, ["crit"] = new JsonArray("moon") };

        Assert.Equal(
            "[invalid bearer token, go-jose/go-jose: error in cryptographic primitive]",
            Identity.Verifier.Verify(JsonWebSignature.Sign(Identity.Keys.ServerKey, claims, header), []).Error);
    }

    private string Request(KubeSa.Sandbox.Storage.StoredObject account) =>
        Identity.Issuer.IssueBound(new BoundTokenRequest(account.Namespace, new NamedUid(account.Name, account.Uid), 3600));
}
