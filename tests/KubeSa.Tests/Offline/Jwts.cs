using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace KubeSa.Tests.Offline;

/// <summary>Makes tokens of any shape, signed or not.</summary>
internal static class Jwts
{
    internal const string Bound =
        """
        {"iss":"https://kubernetes.default.svc","aud":["https://kubernetes.default.svc"],"iat":1700000000,"nbf":1700000000,"exp":4100000000,
         "jti":"j-1","sub":"system:serviceaccount:shop:cart","kubernetes.io":{"namespace":"shop","serviceaccount":{"name":"cart","uid":"u-1"},
         "pod":{"name":"cart-7","uid":"p-1"},"node":{"name":"node-1","uid":"n-1"},"secret":{"name":"s","uid":"s-1"},"warnafter":1700003607}}
        """;

    internal const string Legacy =
        """
        {"iss":"kubernetes/serviceaccount","kubernetes.io/serviceaccount/namespace":"shop","kubernetes.io/serviceaccount/secret.name":"cart-token-1",
         "kubernetes.io/serviceaccount/service-account.name":"cart","kubernetes.io/serviceaccount/service-account.uid":"u-1","sub":"system:serviceaccount:shop:cart"}
        """;

    /// <summary>As long as RS256 with a key of 2048 bits makes it, and as good as none.</summary>
    internal static readonly string SignatureOfRightLength = Base64UrlEncoder.Encode(new byte[256]);

    internal static string Make(string payload, string header = """{"alg":"RS256","kid":"k-1"}""", string signature = "c2ln") =>
        $"{Base64UrlEncoder.Encode(header)}.{Base64UrlEncoder.Encode(payload)}.{signature}";

    internal static string Sign(RSA key, string algorithm, string? keyId, string payload = Bound, string? header = null) =>
        Sign(text => key.SignData(text, HashOf(algorithm), algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1),
            algorithm, keyId, payload, header);

    internal static string Sign(ECDsa key, string algorithm, string? keyId, string payload = Bound) =>
        Sign(text => key.SignData(text, HashOf(algorithm)), algorithm, keyId, payload);

    private static string Sign(Func<byte[], byte[]> sign, string algorithm, string? keyId, string payload, string? given = null)
    {
        var header = given ?? (keyId is null ? $$"""{"alg":"{{algorithm}}"}""" : $$"""{"alg":"{{algorithm}}","kid":"{{keyId}}"}""");
        var signed = $"{Base64UrlEncoder.Encode(header)}.{Base64UrlEncoder.Encode(payload)}";
        return $"{signed}.{Base64UrlEncoder.Encode(sign(System.Text.Encoding.ASCII.GetBytes(signed)))}";
    }

    private static HashAlgorithmName HashOf(string algorithm) => new("SHA" + algorithm[^3..]);
}
