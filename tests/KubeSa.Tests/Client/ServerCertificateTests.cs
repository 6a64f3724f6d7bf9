using KubeSa.Api;
using KubeSa.Client.Config.Explicit;
using KubeSa.Client.Http;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Rows 1 and 11: whom we take for our server.</summary>
public sealed class ServerCertificateTests
{
    [Fact]
    public async Task Row_1_refuses_a_certificate_of_our_authority_for_another_name()
    {
        using var authority = new TestAuthority();
        var failure = await FailsAgainst(authority.IssueServer("other.example"), authority.Pem);
        Assert.Equal(FailureKind.TlsNameMismatch, failure.Kind);
        Assert.Contains("other.example", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_1_accepts_another_name_when_it_is_the_one_asked_for()
    {
        using var authority = new TestAuthority();
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"), authority.IssueServer("other.example"));
        var ca = cluster.Write("its-ca.crt", authority.Pem);
        var api = cluster.Connect(o => o with { CertificateAuthority = ca, TlsServerName = "other.example" });
        Assert.Equal("x", (await api.GetServiceAccountAsync("default", "x", cluster.Call)).Name);
        Assert.Equal("other.example", cluster.Server.Requests[0].ServerName);
    }

    [Fact]
    public async Task Row_1_refuses_the_hosts_own_name_when_another_was_asked_for()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var api = cluster.Connect(o => o with { TlsServerName = "other.example" });
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => api.GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Equal(FailureKind.TlsNameMismatch, failure.Kind);
        Assert.Empty(cluster.Server.Requests);
    }

    [Fact]
    public async Task Takes_an_authority_that_is_no_root_at_its_word_as_kubectl_does()
    {
        using var root = new TestAuthority("root");
        using var middle = new TestAuthority("middle", root);
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"), middle.IssueServer());
        var ca = cluster.Write("middle.crt", middle.Pem);
        Assert.Equal("x", (await cluster.Connect(o => o with { CertificateAuthority = ca }).GetServiceAccountAsync("default", "x", cluster.Call)).Name);
    }

    [Fact]
    public async Task Takes_the_servers_own_certificate_for_an_authority_as_kubectl_does()
    {
        using var root = new TestAuthority("root");
        var leaf = root.IssueServer();
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"), leaf);
        var ca = cluster.Write("leaf.crt", leaf.ExportCertificatePem());
        Assert.Equal("x", (await cluster.Connect(o => o with { CertificateAuthority = ca }).GetServiceAccountAsync("default", "x", cluster.Call)).Name);
    }

    [Fact]
    public async Task Refuses_a_certificate_that_only_says_it_is_from_such_an_authority()
    {
        using var root = new TestAuthority("root");
        using var middle = new TestAuthority("middle", root);
        using var impostor = new TestAuthority("middle", root);
        var failure = await FailsAgainst(impostor.IssueServer(), middle.Pem);
        Assert.Equal(FailureKind.TlsUntrusted, failure.Kind);
    }

    [Fact]
    public async Task Row_1_refuses_the_right_name_from_another_authority()
    {
        using var authority = new TestAuthority();
        using var impostor = new TestAuthority();
        var failure = await FailsAgainst(impostor.IssueServer(), authority.Pem);
        Assert.Equal(FailureKind.TlsUntrusted, failure.Kind);
    }

    [Fact]
    public async Task Row_1_trusts_no_authority_of_the_system_where_one_is_given()
    {
        using var authority = new TestAuthority();
        using var handler = new SocketsHttpHandler();
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        TransportSettings.SetUp(handler, ExplicitConfigLoader.From(cluster.Options));
        var policy = handler.SslOptions.CertificateChainPolicy!;
        Assert.Equal(System.Security.Cryptography.X509Certificates.X509ChainTrustMode.CustomRootTrust, policy.TrustMode);
        Assert.Single(policy.CustomTrustStore);
    }

    [Fact]
    public async Task Row_1_says_since_when_a_certificate_has_expired()
    {
        using var authority = new TestAuthority();
        var until = DateTimeOffset.UtcNow.AddDays(-3);
        var failure = await FailsAgainst(authority.IssueServer(until: until), authority.Pem);
        Assert.Equal(FailureKind.TlsExpired, failure.Kind);
        Assert.Contains(until.LocalDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accepts_any_certificate_only_when_told_to()
    {
        using var impostor = new TestAuthority();
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"), impostor.IssueServer("other.example"));
        var api = cluster.Connect(o => o with { SkipCertificateCheck = true, CertificateAuthority = null });
        Assert.Equal("x", (await api.GetServiceAccountAsync("default", "x", cluster.Call)).Name);
    }

    [Fact]
    public async Task Row_11_refuses_a_file_without_a_certificate_and_names_it()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var garbage = cluster.Write("garbage.crt", "-----BEGIN CERTIFICATE-----\nnot really\n-----END CERTIFICATE-----\n");
        var failure = Assert.Throws<KubeApiException>(() => cluster.Connect(o => o with { CertificateAuthority = garbage }));
        Assert.Contains(garbage, failure.Message, StringComparison.Ordinal);
        Assert.Equal(garbage, failure.Target);
    }

    [Fact]
    public async Task Row_11_goes_by_the_newest_authority_in_the_file()
    {
        using var first = new TestAuthority("first");
        using var second = new TestAuthority("second");
        var served = first.IssueServer();
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x") with { Headers = [("Connection", "close")] }, () => served);
        var ca = cluster.Write("rotating.crt", first.Pem);
        var api = cluster.Connect(o => o with { CertificateAuthority = ca });
        await api.GetServiceAccountAsync("default", "x", cluster.Call);

        served = second.IssueServer();
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => api.GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Equal(FailureKind.TlsUntrusted, failure.Kind);

        cluster.Write("rotating.crt", second.Pem);
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        await api.GetServiceAccountAsync("default", "x", cluster.Call);

        // All else is judged as it was with the first authority.
        served = second.IssueServer("other.example");
        failure = await Assert.ThrowsAsync<KubeApiException>(() => api.GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Equal(FailureKind.TlsNameMismatch, failure.Kind);
        served = second.IssueServer(until: DateTimeOffset.UtcNow.AddDays(-1));
        failure = await Assert.ThrowsAsync<KubeApiException>(() => api.GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Equal(FailureKind.TlsExpired, failure.Kind);
        served = second.IssueClient("CN=127.0.0.1", null, TestAuthority.Loopback());
        failure = await Assert.ThrowsAsync<KubeApiException>(() => api.GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Equal(FailureKind.TlsUntrusted, failure.Kind);

        // What the file no longer holds is no longer trusted.
        served = first.IssueServer();
        failure = await Assert.ThrowsAsync<KubeApiException>(() => api.GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Equal(FailureKind.TlsUntrusted, failure.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("half of a new one -----BEGIN CERTIF")]
    [InlineData(null)]
    public async Task Row_11_keeps_the_last_good_authority_while_the_file_is_no_good(string? meanwhile)
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x") with { Headers = [("Connection", "close")] });
        var ca = cluster.Write("rotating.crt", cluster.Authority.Pem);
        var api = cluster.Connect(o => o with { CertificateAuthority = ca });
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        if (meanwhile is null)
        {
            File.Delete(ca);
        }
        else
        {
            cluster.Write("rotating.crt", meanwhile);
        }

        Assert.Equal("x", (await api.GetServiceAccountAsync("default", "x", cluster.Call)).Name);
    }

    private static async Task<KubeApiException> FailsAgainst(System.Security.Cryptography.X509Certificates.X509Certificate2 served, string trusted)
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"), served);
        var ca = cluster.Write("trusted.crt", trusted);
        var api = cluster.Connect(o => o with { CertificateAuthority = ca });
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => api.GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Empty(cluster.Server.Requests);
        Assert.Null(failure.InnerException);
        return failure;
    }
}
