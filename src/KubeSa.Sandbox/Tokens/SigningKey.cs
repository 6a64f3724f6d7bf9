using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Tokens;

/// <summary>An RS256 key pair, named as Kubernetes names it.</summary>
internal sealed class SigningKey : IDisposable
{
    private readonly RSA _rsa;

    public SigningKey(RSA rsa)
    {
        _rsa = rsa;
        Id = Base64Url.Encode(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>Base64url of the SHA-256 of the DER SubjectPublicKeyInfo.</summary>
    public string Id { get; }

    public static SigningKey Create() => new(RSA.Create(2048));

    public byte[] Sign(byte[] data) => _rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public bool Verifies(byte[] data, byte[] signature) =>
        _rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    /// <summary>The public half as a JSON Web Key (RFC 7517).</summary>
    public JsonObject ToJsonWebKey()
    {
        var parameters = _rsa.ExportParameters(false);
        return new JsonObject
        {
            ["use"] = "sig",
            ["kty"] = "RSA",
            ["kid"] = Id,
            ["alg"] = "RS256",
            ["n"] = Base64Url.Encode(parameters.Modulus!),
            ["e"] = Base64Url.Encode(parameters.Exponent!),
        };
    }

    public void Dispose() => _rsa.Dispose();
}
