using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace KubeSa.Tests.Diagnosis;

/// <summary>A sandbox in the hands of its administrator, by plain HTTP: what breaks a cluster must not be what is tested.</summary>
internal sealed partial class SandboxAdmin : IDisposable
{
    private readonly HttpClient _http;
    private readonly X509Certificate2 _certificate;

    [SuppressMessage("Security", "CA5359", Justification = "Faults show all kinds of certificates, and the one who switches them off must get through.")]
    internal SandboxAdmin(Sandbox sandbox)
    {
        var config = File.ReadAllText(sandbox.KubeConfig);
        using var pair = X509Certificate2.CreateFromPem(Data(ClientCertificate(), config), Data(ClientKey(), config));
        _certificate = X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.ClientCertificates = [_certificate];
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        _http = new HttpClient(handler) { BaseAddress = new Uri(sandbox.Url) };
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _certificate.Dispose();
    }

    internal Task PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, json);

    internal Task DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    /// <summary>Switches exactly these faults on. One of the certificate ends all connections, that of this request among them.</summary>
    internal async Task SetFaultsAsync(IEnumerable<(string Name, string? Path)> faults)
    {
        var body = JsonSerializer.Serialize(new { faults = faults.Select(f => new { name = f.Name, path = f.Path }) });
        try
        {
            await SendAsync(HttpMethod.Put, "/sandbox/faults", body);
        }
        catch (HttpRequestException)
        {
            await SendAsync(HttpMethod.Put, "/sandbox/faults", body);
        }
    }

    internal async Task<string> RequestTokenAsync(string ns, string account, string spec = "{}")
    {
        var answer = await SendAsync(HttpMethod.Post, $"/api/v1/namespaces/{ns}/serviceaccounts/{account}/token", $$"""{"spec":{{spec}}}""");
        return answer.GetProperty("status").GetProperty("token").GetString()!;
    }

    /// <summary>The token in a Secret, once it is filled.</summary>
    internal async Task<string> ReadTokenAsync(string ns, string secret)
    {
        while (true)
        {
            var answer = await SendAsync(HttpMethod.Get, $"/api/v1/namespaces/{ns}/secrets/{secret}");
            if (answer.TryGetProperty("data", out var data) && data.TryGetProperty("token", out var token))
            {
                return Encoding.ASCII.GetString(token.GetBytesFromBase64());
            }

            await Task.Delay(20, Stop);
        }
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        using var response = await _http.SendAsync(request, Stop);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {response.StatusCode} {await response.Content.ReadAsStringAsync(Stop)}");
        return await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }

    private static string Data(Regex field, string config) => Encoding.ASCII.GetString(Convert.FromBase64String(field.Match(config).Groups[1].Value));

    [GeneratedRegex(@"client-certificate-data: ""?([\w+/=]+)")]
    private static partial Regex ClientCertificate();

    [GeneratedRegex(@"client-key-data: ""?([\w+/=]+)")]
    private static partial Regex ClientKey();
}
