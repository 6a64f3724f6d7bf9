using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Row 10 and the other ways to prove who we are.</summary>
public sealed class CredentialTests
{
    [Fact]
    public async Task Row_10_uses_a_renewed_token_from_the_next_request_on()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var api = ConnectByFile(cluster, "one\n");
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        cluster.Write("token", "two\n");
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        Assert.Equal(["Bearer one", "Bearer two"], cluster.Server.Requests.Select(r => r.Header("Authorization")));
    }

    [Fact]
    public async Task Row_10_follows_the_folder_that_the_kubelet_swaps()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making symbolic links needs a privilege there.");
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var folder = Path.GetDirectoryName(cluster.Write("unused", ""))!;
        foreach (var version in (string[])["one", "two"])
        {
            Directory.CreateDirectory(Path.Combine(folder, version));
            await File.WriteAllTextAsync(Path.Combine(folder, version, "token"), version, TestContext.Current.CancellationToken);
        }

        Directory.CreateSymbolicLink(Path.Combine(folder, "..data"), "one");
        File.CreateSymbolicLink(Path.Combine(folder, "token"), "..data/token");
        var api = cluster.Connect(o => o with { Token = null, TokenFile = Path.Combine(folder, "token") });
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        Directory.CreateSymbolicLink(Path.Combine(folder, "..next"), "two");
        Directory.Delete(Path.Combine(folder, "..data"));
        Directory.Move(Path.Combine(folder, "..next"), Path.Combine(folder, "..data"));
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        Assert.Equal(["Bearer one", "Bearer two"], cluster.Server.Requests.Select(r => r.Header("Authorization")));
    }

    [Fact]
    public async Task Row_10_reads_the_file_again_after_a_401_and_repeats_even_a_create_once()
    {
        WireCluster? self = null;
        await using var cluster = self = new WireCluster(request =>
        {
            if (request.Header("Authorization") == "Bearer new")
            {
                return WireReply.Account("default", "x") with { Status = 201 };
            }

            self!.Write("token", "new");
            return WireReply.Failure(401, "Unauthorized", "Unauthorized");
        });
        var made = await ConnectByFile(cluster, "old").CreateServiceAccountAsync(new ServiceAccountSpec("default", "x"), cluster.Call);
        Assert.Equal("x", made.Name);
        Assert.Equal(2, cluster.Server.Requests.Count);
        Assert.Equal(cluster.Server.Requests[0].Body, cluster.Server.Requests[1].Body);
    }

    [Fact]
    public async Task Row_10_asks_once_where_there_is_no_newer_token()
    {
        await using var cluster = new WireCluster(_ => WireReply.Failure(401, "Unauthorized", "Unauthorized"));
        var failure = await Assert.ThrowsAsync<KubeApiException>(
            () => ConnectByFile(cluster, "old").GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Equal(FailureKind.Unauthorized, failure.Kind);
        Assert.Single(cluster.Server.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Row_10_keeps_the_last_good_token_while_the_file_is_empty_or_missing(bool empty)
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var api = ConnectByFile(cluster, "good");
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        var file = cluster.Write("token", empty ? " \n" : "gone");
        if (!empty)
        {
            File.Delete(file);
        }

        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        Assert.All(cluster.Server.Requests, r => Assert.Equal("Bearer good", r.Header("Authorization")));
    }

    [Fact]
    public async Task Row_10_sends_nothing_where_there_never_was_a_token()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var failure = await Assert.ThrowsAsync<KubeApiException>(
            () => ConnectByFile(cluster, "\n").GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Equal(FailureKind.ConnectionNotConfigured, failure.Kind);
        Assert.Contains("token", failure.Target, StringComparison.Ordinal);
        Assert.Empty(cluster.Server.Requests);
    }

    [Fact]
    public async Task Shows_a_client_certificate_from_PEM_files()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        using var certificate = cluster.Authority.IssueClient("O=system:masters, CN=kubernetes-admin");
        var pem = cluster.Write("client.pem", certificate.ExportCertificatePem() + "\n" + certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var api = cluster.Connect(o => o with { Token = null, ClientCertificate = pem });
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        Assert.Contains("CN=kubernetes-admin", cluster.Server.Requests[0].ClientCertificate, StringComparison.Ordinal);
        Assert.Equal("kubernetes-admin", api.Info.UserHint);
        Assert.Null(cluster.Server.Requests[0].Header("Authorization"));
    }

    [Fact]
    public async Task Impersonates_whom_the_connection_says()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var api = cluster.Connect(o => o with { As = "jane", AsGroups = "dev\nops" });
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        var request = cluster.Server.Requests[0];
        Assert.Equal("jane", request.Header("Impersonate-User"));
        Assert.Equal(["dev", "ops"], request.AllOf("Impersonate-Group"));
    }

    [Fact]
    public async Task Impersonates_the_same_when_a_read_is_tried_again()
    {
        var asked = 0;
        await using var cluster = new WireCluster(_ => ++asked == 1 ? new WireReply(503, "down") : WireReply.Account("default", "x"));
        await cluster.Connect(o => o with { As = "jane", AsGroups = "dev" }).GetServiceAccountAsync("default", "x", cluster.Call);
        Assert.Equal(["jane"], cluster.Server.Requests[1].AllOf("Impersonate-User"));
        Assert.Equal(["dev"], cluster.Server.Requests[1].AllOf("Impersonate-Group"));
    }

    private static IKubeApi ConnectByFile(WireCluster cluster, string token)
    {
        var file = cluster.Write("token", token);
        return cluster.Connect(o => o with { Token = null, TokenFile = file });
    }
}
