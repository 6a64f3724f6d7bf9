using System.Globalization;
using System.Net;
using System.Text.Json;
using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>One table of token texts against every way by which a connection gets its token: all read it alike.</summary>
public sealed class TokenInputTests : IAsyncDisposable
{
    private static readonly string[] Ways = ["token", "token file", "kubeconfig token", "kubeconfig tokenFile", "plugin", "mount"];

    private readonly WireCluster _cluster = new(_ => WireReply.Account("default", "x"));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    public static TheoryData<string, string> Good => Each("{0}", "Bearer {0}", "bearer   {0}", "\t{0}\r\n", "\uFEFF{0}\n", "Bearer\t{0}\n");

    public static TheoryData<string, string> Bad => Each("{0}\n{0}", "{0}\0{0}", "{0} {0}", "{0}\u00E9", "Bearer {0} junk", "{0}\u200B");

    [Theory]
    [MemberData(nameof(Good))]
    public async Task Sends_the_token_alone(string way, string form)
    {
        SkipPlugin(way);
        using var api = Connect(way, string.Format(CultureInfo.InvariantCulture, form, "opaque-1"));
        await api.GetServiceAccountAsync("default", "x", _cluster.Call);
        Assert.Equal("Bearer opaque-1", Assert.Single(_cluster.Server.Requests).Header("Authorization"));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Says_what_is_in_a_token_before_anything_is_sent(string way, string form)
    {
        SkipPlugin(way);
        var failure = await Assert.ThrowsAsync<KubeApiException>(async () =>
        {
            using var api = Connect(way, string.Format(CultureInfo.InvariantCulture, form, "opaque-1"));
            await api.GetServiceAccountAsync("default", "x", _cluster.Call);
        });
        Assert.Equal(FailureKind.InvalidToken, failure.Kind);
        Assert.Contains("cannot be sent: it has ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("opaque-1", failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(_cluster.Server.Requests);
    }

    [Fact]
    public async Task Goes_on_with_the_last_good_token_while_a_file_cannot_be_sent()
    {
        var file = _cluster.Write("token", "one");
        using var api = _cluster.Connect(o => o with { Token = null, TokenFile = file });
        await api.GetServiceAccountAsync("default", "x", _cluster.Call);
        _cluster.Write("token", "t\0wo");
        await api.GetServiceAccountAsync("default", "x", _cluster.Call);
        Assert.Equal(["Bearer one", "Bearer one"], _cluster.Server.Requests.Select(r => r.Header("Authorization")));
    }

    private static TheoryData<string, string> Each(params string[] forms)
    {
        var data = new TheoryData<string, string>();
        foreach (var (way, form) in Ways.SelectMany(way => forms.Select(form => (way, form))))
        {
            data.Add(way, form);
        }

        return data;
    }

    private static void SkipPlugin(string way) => Assert.SkipWhen(way == "plugin" && OperatingSystem.IsWindows(), "The plugin is a shell script.");

    private IKubeApi Connect(string way, string text) => way switch
    {
        "token" => _cluster.Connect(o => o with { Token = new NetworkCredential(string.Empty, text).SecurePassword }),
        "token file" => _cluster.Connect(o => o with { Token = null, TokenFile = _cluster.Write("token", text) }),
        "mount" => Mount(text),
        _ => KubeConfig(way switch
        {
            "kubeconfig token" => $"token: {JsonSerializer.Serialize(text)}",
            "kubeconfig tokenFile" => $"tokenFile: {JsonSerializer.Serialize(_cluster.Write("token", text))}",
            _ => $"exec: {{apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: sh, args: [-c, {JsonSerializer.Serialize($"cat '{Credential(text)}'")}]}}",
        }),
    };

    private string Credential(string token) => _cluster.Write("credential", JsonSerializer.Serialize(
        new { kind = "ExecCredential", apiVersion = "client.authentication.k8s.io/v1", status = new { token } }));

    private IKubeApi KubeConfig(string user) => new KubeGateway().Connect(new ConnectionOptions
    {
        Source = ConnectionSource.KubeConfig,
        KubeConfig = _cluster.Write("config", $$$"""
            apiVersion: v1
            kind: Config
            current-context: c
            clusters: [{name: c, cluster: {server: "{{{_cluster.Server.Url}}}", certificate-authority: {{{JsonSerializer.Serialize(_cluster.Write("ca.crt", _cluster.Authority.Pem))}}} }}]
            users: [{name: u, user: { {{{user}}} }}]
            contexts: [{name: c, context: {cluster: c, user: u}}]
            """),
    });

    private IKubeApi Mount(string token)
    {
        var folder = Path.GetDirectoryName(_cluster.Write("token", token))!;
        _cluster.Write("namespace", "default");
        var url = new Uri(_cluster.Server.Url);
        _cluster.Write("kubernetes.env", $"KUBERNETES_SERVICE_HOST={url.Host}\nKUBERNETES_SERVICE_PORT={url.Port}\n");
        return new KubeGateway().Connect(new ConnectionOptions { Source = ConnectionSource.Pod, MountPath = folder });
    }
}
