using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;
using KubeSa.Client.Tokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace KubeSa.Tests.Offline;

public sealed class SignatureVerifierTests
{
    private static readonly RSA Rsa = RSA.Create(2048);
    private static readonly RSA OtherRsa = RSA.Create(2048);

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    public void Verifies_by_an_rsa_key(string algorithm)
    {
        var token = Jwts.Sign(Rsa, algorithm, "k");
        Assert.True(SignatureVerifier.Verify(token, VerificationKeys.FromJwks(Jwks(Rsa, "k"))).Verified);
        Assert.True(SignatureVerifier.Verify(token, VerificationKeys.FromPem(Rsa.ExportSubjectPublicKeyInfoPem())).Verified);
        Assert.True(SignatureVerifier.Verify(token, VerificationKeys.FromPem(Rsa.ExportRSAPublicKeyPem())).Verified);
        Assert.False(SignatureVerifier.Verify(token, VerificationKeys.FromJwks(Jwks(OtherRsa, "k"))).Verified);
    }

    [Theory]
    [InlineData("ES256", "nistP256", "P-256")]
    [InlineData("ES384", "nistP384", "P-384")]
    [InlineData("ES512", "nistP521", "P-521")]
    public void Verifies_by_an_elliptic_curve_key(string algorithm, string curve, string jwkCurve)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var jwks = $$"""{"keys":[{"kty":"EC","crv":"{{jwkCurve}}","kid":"e","x":"{{Base64UrlEncoder.Encode(point.X)}}","y":"{{Base64UrlEncoder.Encode(point.Y)}}"}]}""";
        var token = Jwts.Sign(key, algorithm, "e");

        Assert.True(SignatureVerifier.Verify(token, VerificationKeys.FromJwks(jwks)).Verified);
        Assert.True(SignatureVerifier.Verify(token, VerificationKeys.FromPem(key.ExportSubjectPublicKeyInfoPem())).Verified);
        Assert.False(SignatureVerifier.Verify(token, VerificationKeys.FromJwks(Jwks(Rsa, "e"))).Verified);
    }

    [Fact]
    public void Tries_every_key_and_names_the_one_that_fits()
    {
        var keys = VerificationKeys.FromPem(OtherRsa.ExportSubjectPublicKeyInfoPem() + "\n" + Rsa.ExportSubjectPublicKeyInfoPem());
        var evidence = SignatureVerifier.Verify(Jwts.Sign(Rsa, "RS256", keyId: null), keys);
        Assert.True(evidence.Verified);
        Assert.Null(evidence.KeyIdKnown);
        Assert.Equal(Base64UrlEncoder.Encode(SHA256.HashData(Rsa.ExportSubjectPublicKeyInfo())), evidence.VerifiedByKeyId);
        Assert.Equal(2, evidence.ServerKeyIds.Count);
    }

    [Fact]
    public void Verifies_by_the_key_of_a_certificate()
    {
        using var certificate = new CertificateRequest("CN=signer", Rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        var keys = VerificationKeys.FromPem(certificate.ExportCertificatePem());
        Assert.True(SignatureVerifier.Verify(Jwts.Sign(Rsa, "RS256", "x"), keys).Verified);
    }

    [Fact]
    public void Does_not_take_the_public_key_for_a_shared_secret()
    {
        var signed = string.Join('.', Jwts.Make(Jwts.Bound, """{"alg":"HS256"}""").Split('.')[..2]);
        var secret = System.Text.Encoding.ASCII.GetBytes(Rsa.ExportSubjectPublicKeyInfoPem());
        var forged = $"{signed}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, System.Text.Encoding.ASCII.GetBytes(signed)))}";
        var withSecret = $$"""{"keys":[{"kty":"oct","k":"{{Base64UrlEncoder.Encode(secret)}}"}]}""";
        Assert.False(SignatureVerifier.Verify(forged, VerificationKeys.FromPem(Rsa.ExportSubjectPublicKeyInfoPem())).Verified);
        Assert.False(SignatureVerifier.Verify(forged, VerificationKeys.FromJwks(withSecret)).Verified);
    }

    [Theory]
    [InlineData("""{"alg":"none"}""", "")]
    [InlineData("{}", "c2ln")]
    [InlineData("""{"alg":"RS256"}""", "")]
    [InlineData("""{"alg":"ES256"}""", "c2ln")]
    public void Does_not_verify_without_a_signature_of_the_right_kind(string header, string signature) =>
        Assert.False(SignatureVerifier.Verify(Jwts.Make(Jwts.Bound, header, signature), VerificationKeys.FromJwks(Jwks(Rsa, "k"))).Verified);

    [Theory]
    [InlineData("""{"keys":[{"kty":"RSA","kid":"k","n":"!!","e":"AQAB"}]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","kid":"k"}]}""")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-999","kid":"k","x":"AA","y":"AA"}]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","kid":"k","n":"AQ","e":"AQAB"}]}""")]
    public void Does_not_verify_by_a_broken_key_but_knows_its_id(string jwks)
    {
        var evidence = SignatureVerifier.Verify(Jwts.Sign(Rsa, "RS256", "k"), VerificationKeys.FromJwks(jwks));
        Assert.False(evidence.Verified);
        Assert.True(evidence.KeyIdKnown);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{"keys":7}""")]
    public void Refuses_what_is_no_key_set(string jwks) =>
        Assert.Equal(FailureKind.ProtocolError, Assert.Throws<KubeApiException>(() => VerificationKeys.FromJwks(jwks)).Kind);

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    [InlineData("-----BEGIN CHEESE-----\nAAAA\n-----END CHEESE-----")]
    public void Refuses_a_pem_text_without_a_key(string pem) =>
        Assert.Equal(FailureKind.InvalidRequest, Assert.Throws<KubeApiException>(() => VerificationKeys.FromPem(pem)).Kind);

    private static string Jwks(RSA key, string keyId)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return $$"""{"keys":[{"kty":"RSA","use":"sig","kid":"{{keyId}}","n":"{{Base64UrlEncoder.Encode(parameters.Modulus)}}","e":"{{Base64UrlEncoder.Encode(parameters.Exponent)}}"}]}""";
    }
}
