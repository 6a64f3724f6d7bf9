using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Client.Config.KubeConfig;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Row 20: credential plugins.</summary>
public sealed class ExecPluginTests : IAsyncDisposable
{
    private readonly WireCluster _cluster = new(request => request.Header("Authorization") == "Bearer refused"
        ? WireReply.Failure(401, "Unauthorized", "Unauthorized")
        : WireReply.Account("default", "x"));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Row_20_runs_the_plugin_at_the_first_request_and_not_before_and_once()
    {
        using var api = Connect(Plugin("""{"token":"from-plugin"}"""));
        Assert.False(File.Exists(Runs));
        await api.GetServiceAccountAsync("default", "x", _cluster.Call);
        await api.GetServiceAccountAsync("default", "x", _cluster.Call);
        Assert.Single(await File.ReadAllLinesAsync(Runs, TestContext.Current.CancellationToken));
        Assert.All(_cluster.Server.Requests, r => Assert.Equal("Bearer from-plugin", r.Header("Authorization")));
    }

    [Fact]
    public async Task Row_20_hands_over_arguments_environment_and_exec_info_unharmed()
    {
        using var api = Connect(Plugin("""{"token":"t"}"""), "provideClusterInfo: true, interactiveMode: Never");
        await api.GetServiceAccountAsync("default", "x", _cluster.Call);
        var line = Assert.Single(await File.ReadAllLinesAsync(Runs, TestContext.Current.CancellationToken));
        Assert.StartsWith("[a b][$HOME \"q\"][extra value]", line, StringComparison.Ordinal);
        Assert.Contains("\"apiVersion\":\"client.authentication.k8s.io/v1\"", line, StringComparison.Ordinal);
        Assert.Contains("\"interactive\":false", line, StringComparison.Ordinal);
        Assert.Contains($"\"server\":\"{_cluster.Server.Url}\"", line, StringComparison.Ordinal);
        Assert.Contains($"\"certificate-authority-data\":\"{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(_cluster.Authority.Pem))}\"", line, StringComparison.Ordinal);
        Assert.Contains("\"config\":{\"audience\":\"vault\",\"scopes\":[\"a\"]}", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("interactiveMode: Never", true, false)]
    [InlineData("interactiveMode: IfAvailable", true, true)]
    [InlineData("interactiveMode: IfAvailable", false, false)]
    [InlineData("interactiveMode: Always", true, true)]
    [InlineData("apiVersion: client.authentication.k8s.io/v1beta1", true, true)]
    public void Row_20_gets_the_terminal_where_it_may_and_there_is_one(string setting, bool hasTerminal, bool expected)
    {
        var settings = Read(setting, hasTerminal);
        Assert.Equal(expected, settings.IsInteractive);
        Assert.Contains($"\"interactive\":{(expected ? "true" : "false")}", settings.Info, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apiVersion: client.authentication.k8s.io/v1\nkind: ExecCredential\nstatus:\n  token: t\n  expirationTimestamp: 2030-01-01T00:00:00Z\n", "t")]
    [InlineData("---\n# of a plugin\nkind: ExecCredential\napiVersion: client.authentication.k8s.io/v1\nstatus: {token: \"1234\"}\n", "1234")]
    [InlineData(" \n{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\"status\":{\"token\":\"t\"}}", "t")]
    public void Row_20_takes_the_answer_in_YAML_as_kubectl_does(string output, string token) =>
        Assert.Equal(token, ExecCredential.Parse(output, Read("interactiveMode: Never", hasTerminal: false)).Header!.Parameter);

    [Theory]
    [InlineData("Please log in first")]
    [InlineData("- a\n- b")]
    [InlineData("")]
    [InlineData("a: [")]
    [InlineData("apiVersion: client.authentication.k8s.io/v1\nkind: ExecCredential\nstatus: [token]\n")]
    [InlineData("apiVersion: client.authentication.k8s.io/v1\nkind: ExecCredential\n")]
    public void Row_20_says_that_other_output_is_neither(string output)
    {
        var failure = Assert.Throws<KubeApiException>(() => ExecCredential.Parse(output, Read("interactiveMode: Never", hasTerminal: false)));
        Assert.Equal(FailureKind.ExecPluginFailed, failure.Kind);
    }

    [Fact]
    public async Task Row_20_speaks_v1beta1_too()
    {
        using var api = Connect(
            Script("""echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"beta"}}'"""),
            "apiVersion: client.authentication.k8s.io/v1beta1");
        await api.GetServiceAccountAsync("default", "x", _cluster.Call);
        Assert.Equal("Bearer beta", _cluster.Server.Requests[0].Header("Authorization"));
    }

    [Fact]
    public async Task Row_20_passes_on_what_a_plugin_asks_of_the_user_while_it_waits()
    {
        var gate = Path.Combine(Path.GetDirectoryName(Runs)!, "gate");
        using var api = Connect(Script($$"""
            echo 'To sign in, open https://login.example and enter ABCD.' >&2
            while [ ! -e '{{gate}}' ]; do sleep 0.1; done
            echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t"} }'
            """));
        var call = api.GetServiceAccountAsync("default", "x", _cluster.Call);
        await Until(() => _cluster.Notices.OfType<WarningNotice>().Any());
        Assert.Contains("enter ABCD", Assert.Single(_cluster.Notices.OfType<WarningNotice>()).Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(gate, string.Empty, TestContext.Current.CancellationToken);
        Assert.Equal("x", (await call).Name);
    }

    [Fact]
    public async Task Row_20_passes_on_nothing_that_may_be_a_credential()
    {
        using var api = Connect(Script("echo 'debug: token eyJhbGciOi.x.y and q7Zx3fKp9LwT2vRm8Yd5Hn6B' >&2\nsleep 2\nexit 1"));
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => api.GetServiceAccountAsync("default", "x", _cluster.Call));
        Assert.All(_cluster.Notices.OfType<WarningNotice>().Select(notice => notice.Message).Append(failure.Message), said =>
        {
            Assert.Contains("debug: token [redacted] and [redacted]", said, StringComparison.Ordinal);
            Assert.DoesNotContain("eyJ", said, StringComparison.Ordinal);
            Assert.DoesNotContain("q7Z", said, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Row_20_runs_it_again_when_the_token_has_expired()
    {
        using var api = Connect(Plugin("""{"token":"t","expirationTimestamp":"2020-01-01T00:00:00Z"}"""));
        await api.GetServiceAccountAsync("default", "x", _cluster.Call);
        await api.GetServiceAccountAsync("default", "x", _cluster.Call);
        Assert.Equal(2, (await File.ReadAllLinesAsync(Runs, TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task Row_20_runs_it_again_after_a_401()
    {
        var script = Script($$"""
            echo run >> '{{Runs}}'
            if [ $(wc -l < '{{Runs}}') = 1 ]; then t=refused; else t=good; fi
            printf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"%s"} }' $t
            """);
        using var api = Connect(script);
        Assert.Equal("x", (await api.GetServiceAccountAsync("default", "x", _cluster.Call)).Name);
        Assert.Equal(["Bearer refused", "Bearer good"], _cluster.Server.Requests.Select(r => r.Header("Authorization")));
    }

    [Fact]
    public async Task Of_several_calls_that_were_refused_one_runs_it_again()
    {
        var settings = ReadOf(Script($$"""
            echo run >> '{{Runs}}'
            printf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"Qy7-plugin-run-%s"} }' $(wc -l < '{{Runs}}')
            """));
        using var plugin = new ExecPlugin(settings);
        var stop = TestContext.Current.CancellationToken;
        var refused = await plugin.GetHeaderAsync(_cluster.Call, stop);
        Assert.True(await plugin.RenewAsync(refused, _cluster.Call, stop));
        Assert.True(await plugin.RenewAsync(refused, _cluster.Call, stop));
        Assert.Equal(2, (await File.ReadAllLinesAsync(Runs, stop)).Length);
        Assert.NotEqual(refused, await plugin.GetHeaderAsync(_cluster.Call, stop));
    }

    [Fact]
    public async Task Row_20_shows_the_certificate_that_the_plugin_gave()
    {
        using var api = Connect(CertificatePlugin(DateTimeOffset.UtcNow.AddHours(1)));
        await api.GetServiceAccountAsync("default", "x", _cluster.Call);
        await api.GetServiceAccountAsync("default", "x", _cluster.Call);
        Assert.Equal("CN=jane", _cluster.Server.Requests[0].ClientCertificate);
        Assert.Null(_cluster.Server.Requests[0].Header("Authorization"));
        Assert.Single(await File.ReadAllLinesAsync(Runs, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Row_20_renews_a_certificate_before_connections_outlive_it()
    {
        using var api = Connect(CertificatePlugin(DateTimeOffset.UtcNow.AddSeconds(50)));
        await api.GetServiceAccountAsync("default", "x", _cluster.Call);
        await api.GetServiceAccountAsync("default", "x", _cluster.Call);
        Assert.Equal(2, (await File.ReadAllLinesAsync(Runs, TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task Row_20_tells_what_the_plugin_said_when_it_failed()
    {
        var failure = await Fails(Script("echo 'log in first' >&2\nexit 3"));
        Assert.Contains("exit code 3: log in first", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_20_tells_how_to_install_a_plugin_that_is_not_there()
    {
        var failure = await Fails("no-such-plugin-anywhere");
        Assert.Contains("Get it from the shop.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo hello")]
    [InlineData("""echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"t"}}'""")]
    [InlineData("""echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{}}'""")]
    public async Task Row_20_refuses_what_is_no_credential(string script)
    {
        var failure = await Fails(Script(script));
        Assert.Contains("gave n", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_20_kills_the_plugin_when_the_call_is_stopped()
    {
        using var api = Connect(Script($"echo $$ > '{Runs}.tmp'; mv '{Runs}.tmp' '{Runs}'\nexec sleep 600"));
        using var stop = new CancellationTokenSource();
        var call = api.GetServiceAccountAsync("default", "x", new CallContext(_ => { }, stop.Token));
        await Until(() => File.Exists(Runs));
        using var plugin = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(Runs, TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await plugin.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Row_20_kills_a_plugin_that_hangs_and_does_not_blame_the_server()
    {
        var api = Connect(Script("exec sleep 600"), timeout: TimeSpan.FromSeconds(2));
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => api.GetServiceAccountAsync("default", "x", _cluster.Call));
        Assert.Equal(FailureKind.ExecPluginFailed, failure.Kind);
        Assert.Contains("did not end in time", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apiVersion: client.authentication.k8s.io/v1alpha1", "v1alpha1")]
    [InlineData("interactiveMode: Always", "terminal")]
    [InlineData("interactiveMode: Sometimes", "none of Never")]
    public void Row_20_refuses_what_it_cannot_do(string setting, string expected)
    {
        var failure = Assert.Throws<KubeApiException>(() => Read(setting, hasTerminal: false));
        Assert.Equal(FailureKind.KubeConfigInvalid, failure.Kind);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    private string Runs => Path.Combine(Path.GetDirectoryName(_cluster.Options.CertificateAuthority)!, "runs");

    private string Plugin(string status) => Script($$"""
        printf '[%s][%s][%s]%s\n' "$1" "$2" "$EXTRA" "$KUBERNETES_EXEC_INFO" >> '{{Runs}}'
        echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{{status}} }'
        """);

    private string CertificatePlugin(DateTimeOffset until)
    {
        using var certificate = _cluster.Authority.IssueClient("CN=jane");
        var status = System.Text.Json.JsonSerializer.Serialize(new
        {
            clientCertificateData = certificate.ExportCertificatePem(),
            clientKeyData = certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(),
            expirationTimestamp = until,
        });
        var file = _cluster.Write("status", $"{{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{status}}}");
        return Script($"echo run >> '{Runs}'\ncat '{file}'");
    }

    private string Script(string text)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The plugin of this test is a shell script.");
        var path = _cluster.Write("plugin", "#!/bin/sh\n" + text + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }

        return "./plugin";
    }

    private ExecSettings ReadOf(string command)
    {
        var document = KubeConfigDocument.Read([WriteConfig(command, null)]);
        return ExecSettings.Read(document.Users[0], document.Clusters[0], hasTerminal: false);
    }

    private ExecSettings Read(string setting, bool hasTerminal)
    {
        var document = KubeConfigDocument.Read([WriteConfig("x", setting)]);
        return ExecSettings.Read(document.Users[0], document.Clusters[0], hasTerminal);
    }

    private IKubeApi Connect(string command, string? setting = null, TimeSpan? timeout = null) =>
        new KubeGateway().Connect(new ConnectionOptions { KubeConfig = WriteConfig(command, setting), Timeout = timeout ?? TimeSpan.FromSeconds(20) });

    private string WriteConfig(string command, string? setting)
    {
        var version = setting?.StartsWith("apiVersion", StringComparison.Ordinal) == true ? setting : "apiVersion: client.authentication.k8s.io/v1";
        var more = setting is null || setting == version ? ["installHint: Get it from the shop."] : setting.Split(", ");
        return _cluster.Write("config", $"""
            current-context: x
            contexts: [{"{"}name: x, context: {"{"}cluster: c, user: u{"} }"}]
            clusters:
            - name: c
              cluster:
                server: "{_cluster.Server.Url}"
                certificate-authority: ca.crt
                extensions: [{"{"}name: client.authentication.k8s.io/exec, extension: {"{"}audience: vault, scopes: [a]{"} }"}]
            users:
            - name: u
              user:
                exec:
                  {version}
                  {string.Join("\n      ", more)}
                  command: {command}
                  args: ["a b", '$HOME "q"']
                  env: [{"{"}name: EXTRA, value: "extra value"{"}"}]
            """);
    }

    private async Task<KubeApiException> Fails(string command)
    {
        using var api = Connect(command);
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => api.GetServiceAccountAsync("default", "x", _cluster.Call));
        Assert.Equal(FailureKind.ExecPluginFailed, failure.Kind);
        Assert.Empty(_cluster.Server.Requests);
        return failure;
    }

    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }
}
