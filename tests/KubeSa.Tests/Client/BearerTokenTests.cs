using System.Net;
using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>A token that cannot be one, wherever it comes from: an error of its own, before anything is sent.</summary>
public sealed class BearerTokenTests : IDisposable
{
    private const string Part = "part-of-a-secret";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kubesa-bearer-");

    public static TheoryData<string, string> Sources
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var between in (string[])["\n", "\r\n", " ", "\u0085", "\u00e9", "\t"])
            {
                foreach (var source in (string[])["-Token", "-TokenFile", "kubeconfig", "tokenFile", "plugin"])
                {
                    all.Add(source, between);
                }
            }

            return all;
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Is_refused_without_being_quoted_or_sent(string source, string between)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && source == "plugin", "The plugin of this test is a shell's.");
        await using var server = WireServer.Plain(_ => WireReply.Account("default", "x"));
        var failure = await Assert.ThrowsAsync<KubeApiException>(async () =>
        {
            using var api = new KubeGateway().Connect(Options(source, $"{Part}{between}{Part}", server.Url));
            await api.GetServiceAccountAsync("default", "x", CallContext.None);
        });
        Assert.Equal(FailureKind.InvalidToken, failure.Kind);
        Assert.DoesNotContain(Part, failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    private ConnectionOptions Options(string source, string token, string server)
    {
        var options = new ConnectionOptions { Source = ConnectionSource.Explicit, Server = server, Timeout = TimeSpan.FromMinutes(1) };
        var json = System.Text.Json.JsonSerializer.Serialize(token);
        return source switch
        {
            "-Token" => options with { Token = new NetworkCredential(string.Empty, token).SecurePassword },
            "-TokenFile" => options with { TokenFile = Write("token", token) },
            "kubeconfig" => FromKubeConfig($"{{token: {json}}}"),
            "tokenFile" => FromKubeConfig($"{{tokenFile: {Write("token", token)}}}"),
            _ => FromKubeConfig(
                "{exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: cat, args: ['"
                + Write("credential", $"{{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\"status\":{{\"token\":{json}}}}}") + "']}}"),
        };

        ConnectionOptions FromKubeConfig(string user) => new()
        {
            Source = ConnectionSource.KubeConfig,
            KubeConfig = Write("config", $"current-context: x\ncontexts: [{{name: x, context: {{cluster: c, user: u}}}}]\nclusters: [{{name: c, cluster: {{server: '{server}'}}}}]\nusers: [{{name: u, user: {user}}}]\n"),
            Timeout = TimeSpan.FromMinutes(1),
        };
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
