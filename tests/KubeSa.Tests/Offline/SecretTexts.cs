using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeSa.Api;
using KubeSa.Client.Secrets;

namespace KubeSa.Tests.Offline;

/// <summary>Texts with Secrets in them, and the short way through reader and decoder.</summary>
internal static class SecretTexts
{
    internal static readonly string Token = Jwts.Make(Jwts.Bound);
    internal static readonly string CaPem = MakeCertificate("CN=one") + "\n" + MakeCertificate("CN=two");

    internal static string Yaml(string name, string? token = null, string? ca = null, string type = "kubernetes.io/service-account-token") =>
        $"""
        apiVersion: v1
        kind: Secret
        metadata:
          name: {name}
          namespace: shop
          uid: s-1
          creationTimestamp: "2026-11-23T19:33:34Z"
          annotations:
            kubernetes.io/service-account.name: cart
            kubernetes.io/service-account.uid: u-1
          labels:
            kubernetes.io/legacy-token-last-used: "2026-11-23"
            kubernetes.io/legacy-token-invalid-since: "2026-11-24"
        type: {type}
        data:
          token: {Encode(token ?? Token)}
          ca.crt: {Encode(ca ?? CaPem)}
          namespace: {Encode("shop")}

        """;

    internal static string AsJson(string name, string? token = null, string extra = "") =>
        $$"""
        {"apiVersion":"v1","kind":"Secret","metadata":{"name":"{{name}}","namespace":"shop"},{{extra}}
         "type":"kubernetes.io/service-account-token","data":{"token":"{{Encode(token ?? Token)}}"} }
        """;

    internal static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    internal static List<TokenSecret> Decode(string text, List<Notice>? notices = null) =>
        [.. Read(text).Select(s => SecretDecoder.Decode(s, asPlainText: true, notice => notices?.Add(notice)))];

    internal static IEnumerable<SecretDocument> Read(string text) => SecretReader.Read(text, Xunit.TestContext.Current.CancellationToken);

    internal static string Names(string text) => string.Join(',', Read(text).Select(s => s.Name));

    internal static string MakeCertificate(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest(subject, key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return certificate.ExportCertificatePem();
    }
}
