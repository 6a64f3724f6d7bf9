using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeSa.Contract.Replay;
using KubeSa.Sandbox;

namespace KubeSa.Contract.Faults;

/// <summary>A server with twenty accounts in one namespace, and its administrator.</summary>
internal sealed class FaultClient : IAsyncDisposable
{
    public const string Accounts = "/api/v1/namespaces/default/serviceaccounts";

    private FaultClient(SandboxServer server)
    {
        Server = server;
        Http = NewClient();
    }

    public SandboxServer Server { get; }

    /// <summary>The administrator, trusting the CA as it was at the start.</summary>
    public HttpClient Http { get; }

    public static async Task<FaultClient> StartAsync()
    {
        var server = await SandboxServer.StartAsync(new SandboxOptions { BareCluster = true });
        var type = server.State.Types.Get("", "serviceaccounts");
        for (var i = 0; i < 20; i++)
        {
            server.Store.Create(type, new() { ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["namespace"] = "default", ["name"] = $"account-{i:00}" } });
        }

        return new FaultClient(server);
    }

    /// <summary>A client that reads the CA file and connects anew.</summary>
    public HttpClient NewClient(bool asAdministrator = true) => new(new SocketsHttpHandler
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            ClientCertificates = asAdministrator ? [KubeConfig.AdminCertificate(Server.KubeConfigFile)!] : null,
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(Server.CaFile) },
            },
        },
    })
    { BaseAddress = new Uri(Server.Url), Timeout = TimeSpan.FromSeconds(30) };

    public async Task<HttpResponseMessage> PutAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await Http.PutAsync(path, content);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }
}
