using System.Security.Cryptography;
using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Diagnosis;
using Xunit;

namespace KubeSa.Tests.Offline;

/// <summary>The files of keys that people name: what verifies, and what each of the others is said to be.</summary>
public sealed class VerificationKeyFileTests
{
    private static readonly RSA Rsa = RSA.Create(2048);
    private static readonly ECDsa EcDsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly string Other = RSA.Create(2048).ExportSubjectPublicKeyInfoPem();

    private static readonly Dictionary<string, Func<string>> Pems = new()
    {
        ["RSA, public"] = Rsa.ExportSubjectPublicKeyInfoPem,
        ["RSA, public, PKCS #1"] = Rsa.ExportRSAPublicKeyPem,
        ["RSA, private, PKCS #1"] = Rsa.ExportRSAPrivateKeyPem,
        ["RSA, private, PKCS #8"] = Rsa.ExportPkcs8PrivateKeyPem,
        ["RSA, behind another key"] = () => $"# retired\n{Other}\n# current\n{Rsa.ExportSubjectPublicKeyInfoPem()}\n",
        ["RSA, private, before another key"] = () => $"{Rsa.ExportRSAPrivateKeyPem()}\n{Other}",
        ["RSA, with a block that is not a key"] = () => $"-----BEGIN CHEESE-----\nAAAA\n-----END CHEESE-----\n{Rsa.ExportSubjectPublicKeyInfoPem()}",
        ["EC, public"] = EcDsa.ExportSubjectPublicKeyInfoPem,
        ["EC, private, SEC 1"] = EcDsa.ExportECPrivateKeyPem,
        ["EC, private, PKCS #8"] = EcDsa.ExportPkcs8PrivateKeyPem,
        ["EC, as openssl ecparam writes it"] = () => $"-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n{EcDsa.ExportECPrivateKeyPem()}\n",
        ["both"] = () => $"{EcDsa.ExportECPrivateKeyPem()}\n{Rsa.ExportRSAPrivateKeyPem()}\n",
    };

    public static TheoryData<string> PemNames => [.. Pems.Keys];

    public static TheoryData<bool, string, string> Unusable => new()
    {
        { true, """{"keys":[]}""", "'keys' are empty" },
        { true, "{}", "no 'keys'" },
        { true, "", "not JSON" },
        { true, "[]", "not a JSON object" },
        { true, """{"keys":7}""", "not a JSON Web Key Set" },
        { true, """{"issuer":"https://a","jwks_uri":"https://a/openid/v1/jwks"}""", "discovery document" },
        { true, """{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}""", "OKP (Ed25519)" },
        { true, """{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}""", "shared secret" },
        { true, """{"keys":[{"kty":"RSA","n":"!!","e":"AQAB"}]}""", "broken" },
        { true, """{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "OKP (Ed25519)" },
        { true, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "-PublicKey" },
        { false, "", "no RSA or ECDSA key" },
        { false, """{"keys":[]}""", "-Jwks" },
        { false, "-----BEGIN CHEESE-----\nAAAA\n-----END CHEESE-----", "CHEESE" },
        { false, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "cannot be read" },
        { false, "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----", "no RSA or ECDSA key, only: PUBLIC KEY" },
        { false, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----", "encrypted" },
        { false, "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----", "encrypted" },
    };

    [Theory]
    [MemberData(nameof(PemNames))]
    public void Verifies_by_what_a_service_account_key_file_may_hold(string name)
    {
        var pem = Pems[name]();
        if (!name.StartsWith("EC", StringComparison.Ordinal))
        {
            Assert.True(Test(Jwts.Sign(Rsa, "RS256", keyId: null), pem, isJwks: false).Valid, name);
        }

        if (!name.StartsWith("RSA", StringComparison.Ordinal))
        {
            Assert.True(Test(Jwts.Sign(EcDsa, "ES256", keyId: null), pem, isJwks: false).Valid, name);
        }
    }

    [Fact]
    public void Takes_one_key_for_a_set_of_one()
    {
        var parameters = Rsa.ExportParameters(includePrivateParameters: false);
        var jwk = $$"""
            {"kty":"RSA","kid":"k","n":"{{Encode(parameters.Modulus!)}}","e":"{{Encode(parameters.Exponent!)}}"}
            """;
        Assert.True(Test(Jwts.Sign(Rsa, "RS256", "k"), jwk, isJwks: true).Valid);
        Assert.True(Test(Jwts.Sign(Rsa, "RS256", "k"), $$"""{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AA"},{{jwk}}]}""", isJwks: true).Valid);
    }

    [Theory]
    [MemberData(nameof(Unusable))]
    public void Says_what_a_file_without_a_usable_key_is(bool isJwks, string keys, string what)
    {
        var failure = Assert.Throws<KubeApiException>(() => Test(Jwts.Sign(Rsa, "RS256", "k"), keys, isJwks));
        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
        Assert.Contains(what, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_know_of_a_token_whose_key_is_of_another_kind()
    {
        var parameters = Rsa.ExportParameters(includePrivateParameters: false);
        var keys = $$"""{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"ed","x":"AA"},{"kty":"RSA","kid":"k","n":"{{Encode(parameters.Modulus!)}}","e":"AQAB"}]}""";
        var result = Test(Jwts.Make(Jwts.Bound, """{"alg":"EdDSA","kid":"ed"}""", Encode(new byte[64])), keys, isJwks: true);
        Assert.Equal((AccessCause.Unknown, false), (result.Cause, result.Valid));
    }

    private static TokenTestResult Test(string token, string keys, bool isJwks) => TokenJudge.Judge(new KubeGateway().VerifyToken(token, [], keys, isJwks));

    private static string Encode(byte[] bytes) => Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode(bytes);
}
