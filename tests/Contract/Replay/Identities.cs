using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KubeSa.Sandbox;

namespace KubeSa.Contract.Replay;

/// <summary>Who asks: the <c>as</c> of a recording becomes a client certificate, a token or nothing.</summary>
internal sealed partial class Identities : IDisposable
{
    private readonly HttpClient _admin;
    private readonly HttpClient _plain;
    private readonly Dictionary<string, string> _tokens = [];

    public Identities(SandboxServer server)
    {
        var certificate = KubeConfig.AdminCertificate(server.KubeConfigFile);
        _admin = ClientOf(server, certificate);
        _plain = ClientOf(server, null);
    }

    /// <summary>The token of static-user, a user of the static token file.</summary>
    public string StaticToken { get; init; } = "";

    /// <summary>An administrator without further ado.</summary>
    public HttpClient Admin => _admin;

    /// <summary>Sends a request as somebody; an Authorization header it has already stays.</summary>
    public async Task<HttpResponseMessage> SendAsync(string who, HttpRequestMessage request)
    {
        if (who.StartsWith("admin", StringComparison.Ordinal))
        {
            return await _admin.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        }

        if (who.Contains("http:// and not https://", StringComparison.Ordinal))
        {
            request.RequestUri = new UriBuilder(request.RequestUri!) { Scheme = "http" }.Uri;
        }
        else if (!request.Headers.Contains("Authorization") && await TokenForAsync(who) is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await _plain.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public void Dispose()
    {
        _admin.Dispose();
        _plain.Dispose();
    }

    /// <summary>The token an account is known by throughout, requested when first needed.</summary>
    public Task<string> TokenOfAsync(string ns, string name) => TokenOfAsync(ns, name, null);

    private async Task<string?> TokenForAsync(string who)
    {
        if (who == "user static-user")
        {
            return StaticToken;
        }

        return Account().Match(who) is { Success: true } account
            ? await TokenOfAsync(account.Groups["namespace"].Value, account.Groups["name"].Value, account.Groups["pod"] is { Success: true } pod ? pod.Value : null)
            : null;
    }

    private async Task<string> TokenOfAsync(string ns, string name, string? pod)
    {
        if (_tokens.TryGetValue($"{ns}/{name}/{pod}", out var token))
        {
            return token;
        }

        var spec = new JsonObject();
        if (pod is not null)
        {
            spec["boundObjectRef"] = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Pod", ["name"] = pod };
        }

        using var body = new StringContent(new JsonObject { ["spec"] = spec }.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await _admin.PostAsync($"/api/v1/namespaces/{ns}/serviceaccounts/{name}/token", body);
        var answer = await response.Content.ReadAsStringAsync();
        token = response.IsSuccessStatusCode
            ? (string)JsonNode.Parse(answer)!["status"]!["token"]!
            : throw new InvalidOperationException($"no token for {ns}/{name}: {(int)response.StatusCode} {answer}");
        _tokens[$"{ns}/{name}/{pod}"] = token;
        return token;
    }

    private static HttpClient ClientOf(SandboxServer server, X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                    CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(server.CaFile) },
                },
                ClientCertificates = certificate is null ? null : [certificate],
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri(server.Url), Timeout = TimeSpan.FromSeconds(20) };
    }

    [GeneratedRegex("^service-account (?<namespace>[^/ ]+)/(?<name>[^/ ,]+)(, bound to Pod (?<pod>[^ ]+)| impersonating .*)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Account();
}
