using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Client.Config;
using KubeSa.Client.Config.KubeConfig;
using KubeSa.Client.Http;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Row 19: kubeconfig files, read as kubectl reads them.</summary>
public sealed class KubeConfigTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kubesa-kubeconfig-").FullName;
    private readonly Dictionary<string, string?> _environment = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Row_19_an_empty_KUBECONFIG_is_none()
    {
        WriteHome(Config("home"));
        _environment["KUBECONFIG"] = "";
        Assert.Equal("https://home:6443/", Find().Server.AbsoluteUri);
    }

    [Fact]
    public void Row_19_a_missing_file_of_the_list_is_skipped()
    {
        _environment["KUBECONFIG"] = string.Join(Path.PathSeparator, Path.Combine(_folder, "missing"), Write("there", Config("there")));
        Assert.Equal("https://there:6443/", Find().Server.AbsoluteUri);
    }

    [Fact]
    public void Row_19_nothing_found_is_an_error_and_never_localhost()
    {
        _environment["HOME"] = _folder;
        var failure = Assert.Throws<KubeApiException>(() => Find());
        Assert.Equal(FailureKind.ConnectionNotConfigured, failure.Kind);
        Assert.Contains("Connect-KubeCluster", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Row_19_an_empty_file_is_as_good_as_none()
    {
        WriteHome("");
        Assert.Equal(FailureKind.ConnectionNotConfigured, Assert.Throws<KubeApiException>(() => Find()).Kind);
    }

    [Fact]
    public void Row_19_a_file_that_is_named_must_be_there()
    {
        var failure = Assert.Throws<KubeApiException>(() => Find(new ConnectionOptions { KubeConfig = Path.Combine(_folder, "missing") }));
        Assert.Equal((FailureKind.KubeConfigInvalid, Path.Combine(_folder, "missing")), (failure.Kind, failure.Target));
    }

    [Fact]
    public void Row_19_merges_files_and_the_first_wins()
    {
        var first = Write("first", """
            current-context: blue
            contexts: [{name: blue, context: {cluster: c, user: red-user, namespace: one}}]
            users: [{name: red-user, user: {token: first}}]
            """);
        var second = Write("second", """
            current-context: green
            contexts: [{name: blue, context: {cluster: c, user: other}}, {name: green, context: {cluster: c, user: red-user}}]
            clusters: [{name: c, cluster: {server: "https://second:6443"}}]
            users: [{name: red-user, user: {token: second, as: nobody}}]
            """);
        _environment["KUBECONFIG"] = $"{first}{Path.PathSeparator}{second}";
        var config = Find();
        Assert.Equal(("https://second:6443/", "blue", "one", "red-user"), (config.Server.AbsoluteUri, config.Info.Context, config.Info.Namespace, config.Info.UserHint));
        Assert.Null(config.Impersonation);

        var contexts = Contexts.Read(null, Variable, stop: TestContext.Current.CancellationToken);
        Assert.Equal(["blue", "green"], contexts.Select(c => c.Name));
        Assert.Equal([true, false], contexts.Select(c => c.IsCurrent));
        Assert.Equal([first, second], contexts.Select(c => c.KubeConfig));
        Assert.Equal("Token", contexts[1].AuthKind);
    }

    [Fact]
    public void Row_19_loses_neither_tls_server_name_nor_proxy_url_nor_impersonation()
    {
        WriteHome("""
            current-context: x
            contexts: [{name: x, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: "https://c:6443", tls-server-name: kubernetes, proxy-url: "socks5://proxy:1080", insecure-skip-tls-verify: true}}]
            users: [{name: u, user: {token: t, as: jane, as-uid: "7", as-groups: [dev, ops], as-user-extra: {scopes: [view, edit], example.com/team: [a]}}}]
            """);
        var config = Find();
        Assert.Equal("kubernetes", config.TlsServerName);
        Assert.Equal("socks5://proxy:1080/", config.Proxy!.AbsoluteUri);
        Assert.True(config.SkipCertificateCheck);
        using var request = new HttpRequestMessage();
        foreach (var (name, values) in config.Impersonation!.All())
        {
            MultiValueHeaderFilter.Add(request, name, values);
        }

        Assert.Equal("jane", request.Headers.GetValues("Impersonate-User").Single());
        Assert.Equal("7", request.Headers.GetValues("Impersonate-Uid").Single());
        Assert.Equal("a", request.Headers.GetValues("Impersonate-Extra-example.com%2Fteam").Single());
        Assert.Equal(["dev", "ops"], config.Impersonation.Groups);
        Assert.Equal("jane", config.Info.UserHint);
    }

    [Fact]
    public async Task Row_19_reads_a_tokenFile_relative_to_the_kubeconfig()
    {
        Write("token", "from-file\n");
        WriteHome("""
            current-context: x
            contexts: [{name: x, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: "https://c:6443"}}]
            users: [{name: u, user: {tokenFile: ../token, token: fallback}}]
            """);
        var header = await Find().Credential!.GetHeaderAsync(CallContext.None, TestContext.Current.CancellationToken);
        Assert.Equal("from-file", header!.Parameter);
    }

    [Fact]
    public async Task Uses_certificate_key_and_authority_from_data_and_from_files()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        using var certificate = cluster.Authority.IssueClient("CN=jane");
        var certificatePem = certificate.ExportCertificatePem();
        var keyPem = certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();
        Write("ca.crt", cluster.Authority.Pem);
        Write("jane.crt", certificatePem);
        Write("jane.key", keyPem);
        var file = Write("config", $$"""
            apiVersion: v1
            kind: Config
            clusters:
            - name: by-data
              cluster: {server: "{{cluster.Server.Url}}", certificate-authority-data: {{Base64(cluster.Authority.Pem)}} }
            - name: by-file
              cluster: {server: "{{cluster.Server.Url}}", certificate-authority: ca.crt}
            users:
            - name: by-data
              user: {client-certificate-data: {{Base64(certificatePem)}}, client-key-data: {{Base64(keyPem)}} }
            - name: by-file
              user: {client-certificate: jane.crt, client-key: ./jane.key}
            contexts:
            - {name: by-data, context: {cluster: by-data, user: by-data} }
            - {name: by-file, context: {cluster: by-file, user: by-file} }
            """);
        foreach (var (context, authority) in (IEnumerable<(string, string)>)[("by-data", "kubeconfig data"), ("by-file", Path.Combine(_folder, "ca.crt"))])
        {
            using var api = new KubeGateway().Connect(new ConnectionOptions { Source = ConnectionSource.KubeConfig, KubeConfig = file, Context = context });
            await api.GetServiceAccountAsync("default", "x", cluster.Call);
            Assert.Equal("CN=jane", cluster.Server.Requests[^1].ClientCertificate);
            Assert.Equal(authority, api.Info.CertificateAuthority);
        }
    }

    [Theory]
    [InlineData("clusters: [", "not valid YAML")]
    [InlineData("just text", "no mapping")]
    [InlineData("clusters: {a: b}", "not a list")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: gone}}]", "names the cluster 'gone'")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: c, user: gone}}]\nclusters: [{name: c, cluster: {server: 'https://c'}}]", "names the user 'gone'")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: c}}]\nclusters: [{name: c, cluster: {}}]", "has no server")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: 'ftp://c'}}]", "not a URL")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: 'https://c', certificate-authority-data: '?'}}]", "not base64")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: 'https://c', certificate-authority-data: 'aGVsbG8='}}]", "no certificate")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: 'https://c'}}]\nusers: [{name: u, user: {auth-provider: {name: gcp}}}]", "auth-provider")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: 'https://c'}}]\nusers: [{name: u, user: {token: t, as-groups: [ops]}}]", "but not as whom")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: 'https://c'}}]\nusers: [{name: u, user: {token: t, as-uid: '7'}}]", "but not as whom")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: 'https://c'}}]\nusers: [{name: u, user: {token: t, as-user-extra: {a: [b]}}}]", "but not as whom")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: 'https://c', proxy-url: 'ftp://p'}}]", "The proxy of")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: 'https://c'}}]\nusers: [{name: u, user: {client-key-data: 'aGVsbG8='}}]", "no certificate")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: 'https://c'}}]\nusers: [{name: u, user: {tokenFile: \"a\\0b\"}}]", "not a path")]
    [InlineData("{? - :\n", "not valid YAML")]
    public void What_is_wrong_with_a_file_is_told_with_its_name(string text, string expected)
    {
        var file = Write("broken", text);
        var failure = Assert.Throws<KubeApiException>(() => Find(new ConnectionOptions { Source = ConnectionSource.KubeConfig, KubeConfig = file }));
        Assert.Equal((FailureKind.KubeConfigInvalid, file), (failure.Kind, failure.Target));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains(file, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "gzip")]
    [InlineData(", disable-compression: true", null)]
    public async Task Row_19_asks_for_compressed_answers_unless_told_not_to(string setting, string? expected)
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        Write("ca.crt", cluster.Authority.Pem);
        var file = Write("config", $"current-context: x\ncontexts: [{{name: x, context: {{cluster: c, user: u}}}}]\nusers: [{{name: u, user: {{token: t}}}}]\n"
            + $"clusters: [{{name: c, cluster: {{server: '{cluster.Server.Url}', certificate-authority: ca.crt{setting}}}}}]");
        await cluster.Connect(_ => new ConnectionOptions { KubeConfig = file }).GetServiceAccountAsync("default", "x", cluster.Call);
        Assert.Equal(expected, cluster.Server.Requests[0].Header("Accept-Encoding"));
    }

    [Fact]
    public async Task Row_19_is_never_written_to()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        Write("ca.crt", cluster.Authority.Pem);
        var text = $"current-context: x\ncontexts: [{{name: x, context: {{cluster: c, user: u}}}}]\nusers: [{{name: u, user: {{token: t}}}}]\n"
            + $"clusters: [{{name: c, cluster: {{server: '{cluster.Server.Url}', certificate-authority: ca.crt}}}}]";
        var file = Write("config", text);
        var before = DateTime.UtcNow.AddDays(-1);
        File.SetLastWriteTimeUtc(file, before);
        var folder = Directory.GetFileSystemEntries(_folder);
        await cluster.Connect(_ => new ConnectionOptions { KubeConfig = file }).GetServiceAccountAsync("default", "x", cluster.Call);
        Contexts.Read(file, _ => null, stop: TestContext.Current.CancellationToken);
        Assert.Equal(text, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal(before, File.GetLastWriteTimeUtc(file), TimeSpan.FromSeconds(1));
        Assert.Equal(folder, Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Row_19_sends_all_that_says_as_whom_to_act()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        Write("ca.crt", cluster.Authority.Pem);
        var file = Write("config", $$"""
            current-context: x
            contexts: [{name: x, context: {cluster: c, user: u} }]
            clusters: [{name: c, cluster: {server: "{{cluster.Server.Url}}", certificate-authority: ca.crt} }]
            users: [{name: u, user: {token: t, as: jane, as-uid: "7", as-groups: [dev, ops], as-user-extra: {scopes: [view, edit], example.com/team: [a]} } }]
            """);
        await cluster.Connect(_ => new ConnectionOptions { KubeConfig = file }).GetServiceAccountAsync("default", "x", cluster.Call);
        var request = Assert.Single(cluster.Server.Requests);
        Assert.Equal(("jane", "7"), (request.Header("Impersonate-User"), request.Header("Impersonate-Uid")));
        Assert.Equal(["dev", "ops"], request.AllOf("Impersonate-Group"));
        Assert.Equal(["view", "edit"], request.AllOf("Impersonate-Extra-scopes"));
        Assert.Equal(["a"], request.AllOf("Impersonate-Extra-example.com%2Fteam"));
    }

    [Fact]
    public void Row_19_runs_no_plugin_where_there_is_a_token()
    {
        WriteHome("""
            current-context: x
            contexts: [{name: x, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: "https://c:6443"}}]
            users: [{name: u, user: {token: t, exec: {apiVersion: client.authentication.k8s.io/v1, command: plugin, interactiveMode: Never}}}]
            """);
        Assert.IsNotType<ExecPlugin>(Find().Credential);
        Assert.Equal("Token", Assert.Single(Contexts.Read(null, Variable, stop: TestContext.Current.CancellationToken)).AuthKind);
    }

    [Fact]
    public void A_context_that_is_not_there_is_told_with_those_that_are()
    {
        WriteHome(Config("here"));
        var failure = Assert.Throws<KubeApiException>(() => Find(new ConnectionOptions { Context = "nope" }));
        Assert.Equal((FailureKind.ContextNotFound, "nope"), (failure.Kind, failure.Target));
        Assert.Contains("It has: here.", failure.Message, StringComparison.Ordinal);
    }

    private static string Config(string name) => $$"""
        current-context: {{name}}
        contexts: [{name: {{name}}, context: {cluster: {{name}}, user: {{name}} } }]
        clusters: [{name: {{name}}, cluster: {server: "https://{{name}}:6443"} }]
        users: [{name: {{name}}, user: {token: t} }]
        """;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private string? Variable(string name) => _environment.GetValueOrDefault(name);

    private ClusterConfig Find(ConnectionOptions? options = null) => ClusterConfigResolver.Find(options ?? new ConnectionOptions(), Variable);

    private void WriteHome(string text)
    {
        _environment["HOME"] = _folder;
        Directory.CreateDirectory(Path.Combine(_folder, ".kube"));
        File.WriteAllText(Path.Combine(_folder, ".kube", "config"), text);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
