using System.Security.Cryptography;
using KubeSa.Client;
using KubeSa.Diagnosis;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace KubeSa.Tests.Offline;

/// <summary>A token whose key is known and whose text is not what that key signed is damaged, and its key is not unknown.</summary>
public sealed class DamagedTokenTests
{
    private static readonly RSA Rsa = RSA.Create(2048);
    private static readonly RSA LongRsa = RSA.Create(3072);
    private static readonly ECDsa EcDsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly ECDsa LongEcDsa = ECDsa.Create(ECCurve.NamedCurves.nistP521);

    public static TheoryData<string> Algorithms => ["RS256", "RS512", "PS256", "ES256", "ES512"];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Is_whole_as_it_was_signed(string algorithm)
    {
        var result = Test(Sign(algorithm), algorithm);
        Assert.True(result.Valid, result.Summary);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Is_damaged_where_1_to_40_characters_are_cut_off_or_added(string algorithm)
    {
        var token = Sign(algorithm);
        for (var count = 1; count <= 40; count++)
        {
            Assert.Equal((algorithm, -count, AccessCause.TokenMalformed), (algorithm, -count, Test(token[..^count], algorithm).Cause));
            Assert.Equal((algorithm, count, AccessCause.TokenMalformed), (algorithm, count, Test(token + new string('A', count), algorithm).Cause));
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Is_cut_short_even_where_no_key_is_known(string algorithm)
    {
        var token = Sign(algorithm);
        for (var count = 1; count <= 40; count++)
        {
            var result = Test(token[..^count], algorithm, strangers: true);
            Assert.Equal((count, AccessCause.TokenMalformed), (count, result.Cause));
        }

        Assert.Equal(AccessCause.SignatureKeyUnknown, Test(token, algorithm, strangers: true).Cause);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Is_altered_where_one_character_of_payload_or_signature_is_another(string algorithm)
    {
        var parts = Sign(algorithm).Split('.');
        string[] altered =
        [
            $"{parts[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("u-1", "u-2", StringComparison.Ordinal))}.{parts[2]}",
            $"{parts[0]}.{parts[1]}.{(parts[2][9] == 'A' ? parts[2].Remove(9, 1).Insert(9, "B") : parts[2].Remove(9, 1).Insert(9, "A"))}",
        ];
        foreach (var token in altered)
        {
            var result = Test(token, algorithm);
            Assert.Equal((AccessCause.TokenMalformed, "The token is damaged or was altered"), (result.Cause, result.Summary));
        }
    }

    [Fact]
    public void Remedy_keeps_the_Secret_that_the_token_came_from()
    {
        var token = Jwts.Sign(Rsa, "RS256", IdOf(Rsa), Jwts.Legacy)[..^7];
        var failure = Test(token, "RS256").Checks.First(check => check.Status == AccessCheckStatus.Fail);
        Assert.Contains("Get-KubeSaTokenSecret cart-token-1 -Namespace shop", failure.Remedy, StringComparison.Ordinal);
        Assert.Contains("Do not delete the Secret", failure.Remedy, StringComparison.Ordinal);
    }

    private static TokenTestResult Test(string token, string algorithm, bool strangers = false) =>
        TokenJudge.Judge(new KubeGateway().VerifyToken(token, [], Keys(algorithm, strangers), isJwks: false));

    // Of the same size, so that only the id tells them apart.
    private static string Keys(string algorithm, bool strangers)
    {
        if (!strangers)
        {
            return KeyOf(algorithm).ExportSubjectPublicKeyInfoPem();
        }

        using AsymmetricAlgorithm stranger = algorithm[0] == 'E' ? ECDsa.Create(ECCurve.NamedCurves.nistP384) : RSA.Create(2048);
        return stranger.ExportSubjectPublicKeyInfoPem();
    }

    private static AsymmetricAlgorithm KeyOf(string algorithm) => algorithm switch
    {
        "ES256" => EcDsa,
        "ES512" => LongEcDsa,
        "RS512" => LongRsa,
        _ => Rsa,
    };

    private static string IdOf(AsymmetricAlgorithm key) => Base64UrlEncoder.Encode(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    private static string Sign(string algorithm) => KeyOf(algorithm) switch
    {
        RSA rsa => Jwts.Sign(rsa, algorithm, IdOf(rsa)),
        ECDsa ecdsa => Jwts.Sign(ecdsa, algorithm, IdOf(ecdsa)),
        var other => throw new InvalidOperationException(other.ToString()),
    };
}
