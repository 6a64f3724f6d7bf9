using System.Text.Json;
using KubeSa.Client.Tokens;
using Xunit;
using Base64UrlEncoder = Microsoft.IdentityModel.Tokens.Base64UrlEncoder;
using SecurityKey = Microsoft.IdentityModel.Tokens.SecurityKey;

namespace KubeSa.Tests.Offline;

/// <summary>The tokens of real servers decode to what they say and verify by the keys of those servers.</summary>
public sealed class RecordedTokensTests
{
    private static readonly HashSet<string> NeverSignedWell = ["11-03", "11-18", "11-23", "12-07"];
    private static readonly HashSet<string> SignedWithTheOldKeyAfterwards = ["20-36", "20-37"];

    public static TheoryData<string, string> Decoded()
    {
        var data = new TheoryData<string, string>();
        foreach (var version in Recordings.Versions)
        {
            foreach (var file in Recordings.Files(version).Where(f => Recordings.Read(f).TryGetProperty("decoded", out _)))
            {
                data.Add(version, Recordings.NameOf(file));
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Decoded))]
    public void Decodes_to_the_claims_that_were_recorded(string version, string name)
    {
        var exchange = Recordings.Read(version, name);
        var header = exchange.GetProperty("decoded").GetProperty("header");
        var payload = exchange.GetProperty("decoded").GetProperty("payload");

        var info = TokenReader.Read(Recordings.TokenInAnswer(exchange)!);

        var bound = Child(payload, "kubernetes.io");
        Assert.Equal(bound is null ? TokenKind.Legacy : TokenKind.Bound, info.Kind);
        Assert.Equal(Text(bound, "namespace") ?? Flat(payload, "namespace"), info.Namespace);
        Assert.Equal(Text(Child(bound, "serviceaccount"), "name") ?? Flat(payload, "service-account.name"), info.ServiceAccount);
        Assert.Equal(Text(Child(bound, "serviceaccount"), "uid") ?? Flat(payload, "service-account.uid"), info.ServiceAccountUid);
        Assert.Equal(Text(Child(bound, "secret"), "name") ?? Flat(payload, "secret.name"), info.SecretName);
        Assert.Equal(Text(Child(bound, "secret"), "uid"), info.SecretUid);
        Assert.Equal(Text(Child(bound, "pod"), "name"), info.PodName);
        Assert.Equal(Text(Child(bound, "pod"), "uid"), info.PodUid);
        Assert.Equal(Text(Child(bound, "node"), "name"), info.NodeName);
        Assert.Equal(Text(Child(bound, "node"), "uid"), info.NodeUid);
        Assert.Equal(Time(bound, "warnafter"), info.WarnAfter);
        Assert.Equal(Text(payload, "sub"), info.UserName);
        Assert.Equal($"system:serviceaccount:{info.Namespace}:{info.ServiceAccount}", info.UserName);
        Assert.Equal(["system:serviceaccounts", $"system:serviceaccounts:{info.Namespace}", "system:authenticated"], info.Groups);
        Assert.Equal(Text(payload, "iss"), info.Issuer);
        Assert.Equal(Child(payload, "aud")?.EnumerateArray().Select(a => a.GetString()!) ?? [], info.Audiences);
        Assert.Equal(Time(payload, "iat"), info.IssuedAt);
        Assert.Equal(Time(payload, "nbf"), info.NotBefore);
        Assert.Equal(Time(payload, "exp"), info.ExpiresAt);
        Assert.Equal(Text(payload, "jti"), info.JwtId);
        Assert.Equal(Text(header, "alg"), info.Algorithm);
        Assert.Equal(Text(header, "kid"), info.KeyId);
    }

    [Theory]
    [InlineData("kubernetes-1.20")]
    [InlineData("kubernetes-1.36")]
    public void Verify_by_the_keys_of_their_server(string version)
    {
        var keys = Keys(version, "15-11-jwks-accept-any");
        var verified = 0;
        foreach (var file in Recordings.Files(version).Where(f => Subject(f) < 20))
        {
            foreach (var token in Recordings.TokensIn(File.ReadAllText(file)))
            {
                var good = SignatureVerifier.Verify(token, keys).Verified;
                Assert.True(good == !NeverSignedWell.Contains(Recordings.NameOf(file)[..5]), Recordings.NameOf(file));
                verified += good ? 1 : 0;
            }
        }

        Assert.True(verified > 50, $"only {verified} tokens were tried");
    }

    [Theory]
    [InlineData("kubernetes-1.20")]
    [InlineData("kubernetes-1.36")]
    public void Verify_by_the_key_of_their_time_alone_when_it_is_replaced(string version)
    {
        var before = Keys(version, "20-01-before-jwks");
        var after = Keys(version, "20-10-after-jwks");
        var old = new HashSet<string>();
        var renewed = 0;
        foreach (var file in Recordings.Files(version).Where(f => Subject(f) == 20))
        {
            var issuedBefore = string.CompareOrdinal(Recordings.NameOf(file), "20-20") < 0
                || SignedWithTheOldKeyAfterwards.Contains(Recordings.NameOf(file)[..5]);
            foreach (var token in Recordings.TokensIn(File.ReadAllText(file)))
            {
                if (issuedBefore)
                {
                    old.Add(token);
                }

                var evidence = SignatureVerifier.Verify(token, after);
                Assert.Equal(old.Contains(token), SignatureVerifier.Verify(token, before).Verified);
                Assert.Equal(!old.Contains(token), evidence.Verified);
                Assert.Equal(!old.Contains(token), evidence.KeyIdKnown);
                renewed += evidence.Verified ? 1 : 0;
            }
        }

        Assert.NotEmpty(old);
        Assert.True(renewed > 3);
    }

    [Theory]
    [InlineData("kubernetes-1.20")]
    [InlineData("kubernetes-1.36")]
    public void Do_not_verify_with_one_bit_flipped(string version)
    {
        var keys = Keys(version, "15-11-jwks-accept-any");
        var token = Recordings.TokenInAnswer(Recordings.Read(version, "09-01-token-default"))!;
        Assert.True(SignatureVerifier.Verify(token, keys).Verified);
        for (var part = 0; part < 3; part++)
        {
            var length = Base64UrlEncoder.DecodeBytes(token.Split('.')[part]).Length;
            for (var bit = 0; bit < length * 8; bit += 3)
            {
                Assert.False(VerifiesAfterFlip(token, part, bit, keys), $"part {part}, bit {bit}");
            }
        }
    }

    [Theory]
    [InlineData("11-21-no-kid", null)]
    [InlineData("11-22-wrong-kid", false)]
    [InlineData("11-20-not-yet", true)]
    public void Tells_a_missing_key_id_from_an_unknown_one_and_tries_every_key(string name, bool? known)
    {
        foreach (var version in Recordings.Versions)
        {
            var token = Recordings.TokensIn(Recordings.Read(version, name).GetRawText()).Single();
            var evidence = SignatureVerifier.Verify(token, Keys(version, "15-11-jwks-accept-any"));
            Assert.True(evidence.Verified);
            Assert.Equal(known, evidence.KeyIdKnown);
            Assert.Single(evidence.ServerKeyIds);
        }
    }

    // A flip in header or payload may leave something that is not a JWT any more: refused as well.
    private static bool VerifiesAfterFlip(string token, int part, int bit, IReadOnlyList<SecurityKey> keys)
    {
        var parts = token.Split('.');
        var bytes = Base64UrlEncoder.DecodeBytes(parts[part]);
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        parts[part] = Base64UrlEncoder.Encode(bytes);
        try
        {
            return SignatureVerifier.Verify(string.Join('.', parts), keys).Verified;
        }
        catch (Api.KubeApiException e) when (e.Kind == Api.FailureKind.InvalidToken)
        {
            return false;
        }
    }

    private static IReadOnlyList<SecurityKey> Keys(string version, string name) =>
        VerificationKeys.FromJwks(Recordings.Body(version, name));

    private static int Subject(string file) => int.Parse(Recordings.NameOf(file)[..2], System.Globalization.CultureInfo.InvariantCulture);

    private static JsonElement? Child(JsonElement? parent, string name) =>
        parent?.TryGetProperty(name, out var value) == true ? value : null;

    private static string? Text(JsonElement? parent, string name) => Child(parent, name)?.GetString();

    private static string? Flat(JsonElement payload, string name) => Text(payload, "kubernetes.io/serviceaccount/" + name);

    private static DateTime? Time(JsonElement? parent, string name) => Child(parent, name) is { } seconds
        ? DateTimeOffset.FromUnixTimeSeconds(seconds.GetInt64()).LocalDateTime
        : null;
}
