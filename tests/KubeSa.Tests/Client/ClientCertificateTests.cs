using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Client certificates that cannot be used, or no longer, are called what they are.</summary>
public sealed class ClientCertificateTests
{
    private const string Ed25519Key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEILxJghN4SBW41+MfjaxdgCyB8U1DNajLaWvL/1sExxQk\n-----END PRIVATE KEY-----\n";

    private const string Ed25519Certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBLjCB4aADAgECAhRgPRFZKgFyyP1uto8s6xNzhPZd2jAFBgMrZXAwDTELMAkG
        A1UEAwwCZWQwHhcNMjYxMTI1MTgxODA0WhcNMjYxMTI2MTgxODA0WjANMQswCQYD
        VQQDDAJlZDAqMAUGAytlcAMhAKhke8xEgEiHY73tRDnMr7JNk+e4N7tVXi3bWhJI
        vUhho1MwUTAdBgNVHQ4EFgQUlFsDlpqzU4I/6jJ6NnkPiFZ4xiIwHwYDVR0jBBgw
        FoAUlFsDlpqzU4I/6jJ6NnkPiFZ4xiIwDwYDVR0TAQH/BAUwAwEB/zAFBgMrZXAD
        QQDZM0uqBn7oZABjd3yrIJDrAcdU+AJjIwV84lEQa/4pdSOf8we8H5MQNeWZotes
        M2HVSwqxi+m+qiy9gvHgco4J
        -----END CERTIFICATE-----

        """;

    private static readonly TestAuthority Authority = new();
    private static readonly string Certificate;
    private static readonly string Key;

    static ClientCertificateTests()
    {
        using var issued = Authority.IssueClient("CN=jane");
        Certificate = issued.ExportCertificatePem() + "\n";
        Key = issued.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n";
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "Ed25519", "of the kind Ed25519" },
        { "the key alone is Ed25519", "of the kind Ed25519" },
        { "encrypted", "the key is encrypted" },
        { "encrypted in the old way", "the key is encrypted" },
        { "no key", "no private key in PEM form" },
        { "no certificate", "no certificate in PEM form" },
        { "another's key", "do not belong together" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Says_what_is_wrong_in_a_kubeconfig_and_in_files(string what, string said)
    {
        var (certificate, key) = Make(what);
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var (first, second) = (cluster.Write("client.crt", certificate), cluster.Write("client.key", key));
        var given = Assert.Throws<KubeApiException>(() => cluster.Connect(o => o with { ClientCertificate = first, ClientKey = second }));
        Assert.Equal(FailureKind.InvalidRequest, given.Kind);
        Assert.Contains(said, given.Message, StringComparison.Ordinal);

        var file = cluster.Write("config", KubeConfig(cluster, "{client-certificate: client.crt, client-key: client.key}"));
        var read = Assert.Throws<KubeApiException>(() => cluster.Connect(_ => new ConnectionOptions { KubeConfig = file }));
        Assert.Equal(FailureKind.KubeConfigInvalid, read.Kind);
        Assert.Contains(said, read.Message, StringComparison.Ordinal);
        Assert.Contains("the user 'u'", read.Message, StringComparison.Ordinal);
        Assert.All(key.Split('\n').Where(line => line.Length > 40), line => Assert.DoesNotContain(line, read.Message + given.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-3, true, "expired on")]
    [InlineData(-3, false, "expired on")]
    [InlineData(400, true, "is not valid before")]
    public async Task Names_the_date_where_a_server_refuses_one_that_does_not_count(int days, bool inTls, string said)
    {
        var until = DateTimeOffset.UtcNow.AddDays(days);
        using var issued = Authority.IssueClient("CN=jane", until);
        await using var cluster = new WireCluster(_ => WireReply.Failure(401, "Unauthorized", "Unauthorized"));
        cluster.Server.RefusesClients = inTls;
        cluster.Write("client.crt", issued.ExportCertificatePem());
        cluster.Write("client.key", issued.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var file = cluster.Write("config", KubeConfig(cluster, "{client-certificate: client.crt, client-key: client.key}"));
        var api = cluster.Connect(_ => new ConnectionOptions { KubeConfig = file });
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => api.GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.True(failure.Kind == FailureKind.Unauthorized || (inTls && failure.Kind == FailureKind.ConnectionReset), failure.Kind.ToString());
        var date = (days > 0 ? until.AddYears(-1) : until).UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains($"The client certificate 'CN=jane' {said} {date}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_nothing_of_dates_where_they_are_good()
    {
        await using var cluster = new WireCluster(_ => WireReply.Failure(401, "Unauthorized", "Unauthorized"));
        cluster.Write("client.crt", Certificate);
        cluster.Write("client.key", Key);
        var file = cluster.Write("config", KubeConfig(cluster, "{client-certificate: client.crt, client-key: client.key}"));
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => cluster.Connect(_ => new ConnectionOptions { KubeConfig = file }).GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Equal(FailureKind.Unauthorized, failure.Kind);
        Assert.DoesNotContain("client certificate", failure.Message, StringComparison.Ordinal);
    }

    private static (string Certificate, string Key) Make(string what)
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var encrypted = other.ExportEncryptedPkcs8PrivateKeyPem("word", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000));
        return what switch
        {
            "Ed25519" => (Ed25519Certificate, Ed25519Key),
            "the key alone is Ed25519" => (Certificate, Ed25519Key),
            "encrypted" => (Certificate, encrypted),
            "encrypted in the old way" => (Certificate, "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END EC PRIVATE KEY-----\n"),
            "no key" => (Certificate, "not a key"),
            "no certificate" => ("not a certificate", Key),
            _ => (Certificate, other.ExportPkcs8PrivateKeyPem()),
        };
    }

    private static string KubeConfig(WireCluster cluster, string user) => $$"""
        current-context: x
        contexts: [{name: x, context: {cluster: c, user: u} }]
        clusters: [{name: c, cluster: {server: "{{cluster.Server.Url}}", certificate-authority: ca.crt} }]
        users: [{name: u, user: {{user}} }]
        """;
}
