using System.Net.Http.Headers;
using System.Text;
using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Client.Config;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>What becomes a header: nothing in it begins another header, and names of all scripts arrive as they are.</summary>
public sealed class HeaderInjectionTests
{
    private static readonly string[] Hostile =
    [
        .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7f, 0x21)).Select(code => $"jane{(char)code}Impersonate-Group: system:masters"),
        "jane\r\nImpersonate-Group: system:masters", "jane\r\n\r\nDELETE /api/v1/namespaces/prod HTTP/1.1\r\n",
        "\njane", "jane\n", "jane\r", "jane\t", " jane", "jane ", " ", "jane\ud800", "\udc00jane", "ja\ud800ne",
    ];

    private static readonly string[] Names = ["jörg", "渡辺", "jane doe", "o'neill", "a,b", "системный", "😀", "system:serviceaccount:a:b", "x@y.example", "é", "a%0d%0ab", "a\u00a0b"];

    private static readonly Dictionary<string, Func<string, WireCluster, ConnectionOptions>> Places = new()
    {
        ["-As"] = (text, cluster) => cluster.Options with { As = text },
        ["-AsGroup"] = (text, cluster) => cluster.Options with { As = "x", AsGroups = ConnectionOptions.JoinGroups([text]) },
        ["-AsGroup, the second"] = (text, cluster) => cluster.Options with { As = "x", AsGroups = ConnectionOptions.JoinGroups(["dev", text]) },
        ["-As with a kubeconfig"] = (text, cluster) => File(cluster, new { token = "t" }) with { As = text },
        ["as"] = (text, cluster) => File(cluster, new Dictionary<string, object> { ["as"] = text }),
        ["as-uid"] = (text, cluster) => File(cluster, new Dictionary<string, object> { ["as"] = "x", ["as-uid"] = text }),
        ["as-groups"] = (text, cluster) => File(cluster, new Dictionary<string, object> { ["as"] = "x", ["as-groups"] = new[] { "dev", text } }),
        ["as-user-extra, a value"] = (text, cluster) => File(cluster, new Dictionary<string, object> { ["as"] = "x", ["as-user-extra"] = new Dictionary<string, string[]> { ["k"] = ["v", text] } }),
        ["as-user-extra, a key"] = (text, cluster) => File(cluster, new Dictionary<string, object> { ["as"] = "x", ["as-user-extra"] = new Dictionary<string, string[]> { [text] = ["v"] } }),
    };

    public static TheoryData<string> PlaceNames => [.. Places.Keys];

    [Theory]
    [MemberData(nameof(PlaceNames))]
    public async Task Refuses_what_would_be_more_than_one_line_before_anything_is_sent(string place)
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        foreach (var text in Hostile.Where(text => place[0] == '-' || IsText(text)))
        {
            var failure = Record.Exception(() => cluster.Connect(_ => Places[place](text, cluster))) as KubeApiException;
            Assert.True(failure is { Kind: FailureKind.InvalidRequest }, $"{place}: {Uri.EscapeDataString(text.Replace('\ud800', '?').Replace('\udc00', '?'))}: {failure?.Kind}");
            Assert.DoesNotContain("system:masters", failure!.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, cluster.Server.Connections);
    }

    [Theory]
    [MemberData(nameof(PlaceNames))]
    public async Task Sends_names_of_all_scripts_as_UTF8(string place)
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        foreach (var text in Names)
        {
            var api = cluster.Connect(_ => Places[place](text, cluster));
            await api.GetServiceAccountAsync("default", "x", cluster.Call);
            var headers = cluster.Server.Requests[^1].Headers.Where(header => header.Name.StartsWith("Impersonate-", StringComparison.Ordinal));

            // The server keeps a byte for each character.
            var sent = headers.Select(header => (header.Name, Value: Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(header.Value)))).ToList();
            if (place.EndsWith("a key", StringComparison.Ordinal))
            {
                Assert.Contains(sent, header => header.Name.StartsWith("Impersonate-Extra-", StringComparison.Ordinal) && Uri.UnescapeDataString(header.Name["Impersonate-Extra-".Length..]) == text);
            }
            else
            {
                Assert.Single(sent, header => header.Value == text);
            }
        }
    }

    [Fact]
    public async Task Refuses_them_in_a_call_that_impersonates_by_itself()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var api = cluster.Connect();
        foreach (var text in Hostile)
        {
            var user = await Assert.ThrowsAsync<KubeApiException>(() => api.GetIdentityAsync(new Impersonation(text, []), cluster.Call));
            var group = await Assert.ThrowsAsync<KubeApiException>(() => api.GetIdentityAsync(new Impersonation("x", ["dev", text]), cluster.Call));
            Assert.Equal((FailureKind.InvalidRequest, FailureKind.InvalidRequest), (user.Kind, group.Kind));
        }

        Assert.Equal(0, cluster.Server.Connections);
    }

    [Fact]
    public async Task Refuses_a_credential_that_would_be_more_than_one_line_wherever_it_came_from()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        // Of the others the framework makes no header at all.
        foreach (var text in Hostile.Where(text => text.Any(char.IsControl) && text.AsSpan().IndexOfAny("\r\n\0") < 0))
        {
            var config = new ClusterConfig
            {
                Server = new Uri(cluster.Server.Url),
                Info = new ConnectionInfo(cluster.Server.Url, ConnectionSource.Explicit, null, "default", null, null),
                Credential = new Given(text),
                SkipCertificateCheck = true,
                Timeout = TimeSpan.FromSeconds(20),
            };
            using var api = new KubeApi(config);
            var failure = await Assert.ThrowsAsync<KubeApiException>(() => api.GetServiceAccountAsync("default", "x", cluster.Call));
            Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
            Assert.DoesNotContain("jane", failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, cluster.Server.Connections);
    }

    [Theory]
    [InlineData("x\r\nImpersonate-User: admin")]
    [InlineData("x y")]
    [InlineData("x/y")]
    [InlineData("x\u0000")]
    public async Task Refuses_a_name_for_the_certificate_that_is_no_host_name(string name)
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        Assert.Equal(FailureKind.InvalidRequest, Assert.Throws<KubeApiException>(() => cluster.Connect(o => o with { TlsServerName = name })).Kind);
        var file = cluster.Write("config", System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["current-context"] = "x",
            ["contexts"] = new[] { new { name = "x", context = new { cluster = "c" } } },
            ["clusters"] = new[] { new { name = "c", cluster = new Dictionary<string, string> { ["server"] = cluster.Server.Url, ["tls-server-name"] = name } } },
        }));
        Assert.Equal(FailureKind.KubeConfigInvalid, Assert.Throws<KubeApiException>(() => cluster.Connect(_ => new ConnectionOptions { KubeConfig = file })).Kind);
    }

    [Fact]
    public void Refuses_groups_without_a_user()
    {
        var failure = Assert.Throws<KubeApiException>(() => ImpersonationHeaders.From(new ConnectionOptions { AsGroups = "system:masters" }));
        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
    }

    // Half a character cannot be written into a file.
    private static bool IsText(string text) => !text.Any(char.IsSurrogate) || text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);

    private static ConnectionOptions File(WireCluster cluster, object user)
    {
        var path = cluster.Write("config", System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["current-context"] = "x",
            ["contexts"] = new[] { new { name = "x", context = new { cluster = "c", user = "u" } } },
            ["clusters"] = new[] { new { name = "c", cluster = new Dictionary<string, string> { ["server"] = cluster.Server.Url, ["certificate-authority"] = "ca.crt" } } },
            ["users"] = new[] { new { name = "u", user } },
        }));
        return new ConnectionOptions { KubeConfig = path, Timeout = TimeSpan.FromSeconds(20) };
    }

    private sealed class Given(string token) : ICredential
    {
        public ValueTask<AuthenticationHeaderValue?> GetHeaderAsync(CallContext call, CancellationToken stop) => new(new AuthenticationHeaderValue("Bearer", token));

        public ValueTask<bool> RenewAsync(AuthenticationHeaderValue? refused, CallContext call, CancellationToken stop) => new(false);
    }
}
