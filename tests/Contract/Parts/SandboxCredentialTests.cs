using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Sandbox;
using KubeSa.Sandbox.Certificates;
using Xunit;

namespace KubeSa.Contract.Parts;

public sealed class SandboxCredentialTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("kubesa-test-").FullName;
    private SandboxServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await SandboxServer.StartAsync(new SandboxOptions { Scenario = "retired-key", Directory = _directory });

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_client_certificate_of_the_clusters_authority_names_user_and_groups()
    {
        Assert.Equal(HttpStatusCode.OK, await AskAsync(_server.State.Identity.Authority));
    }

    [Fact]
    public async Task A_client_certificate_of_a_stranger_is_refused_and_not_anonymous()
    {
        using var stranger = CertificateAuthority.Create(DateTimeOffset.UtcNow);

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(stranger));
    }

    [Fact]
    public void Every_file_with_a_credential_is_readable_by_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes");
            return;
        }

        foreach (var path in new[] { _server.KubeConfigFile, _server.CaFile, Path.Combine(_server.MountPath, "token") })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void The_kubeconfig_has_a_context_for_every_user_and_the_administrators_is_current()
    {
        var text = File.ReadAllText(_server.KubeConfigFile);

        Assert.Equal(["admin", "reader", "deployer", "anonymous"], _server.Contexts);
        Assert.All(_server.Contexts, context => Assert.Contains($"- name: {context}\n  context:", text, StringComparison.Ordinal));
        Assert.Contains("current-context: admin\n", text, StringComparison.Ordinal);
    }

    private async Task<HttpStatusCode> AskAsync(CertificateAuthority authority)
    {
        var pem = ClientCertificate.Create(authority, "kubernetes-admin", "system:masters", DateTimeOffset.UtcNow);
        using var certificate = X509CertificateLoader.LoadPkcs12(pem.ToCertificate().Export(X509ContentType.Pkcs12), null);
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = [certificate],
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(_server.CaFile) },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        };
        using var client = new HttpClient(handler);
        using var answer = await client.GetAsync(new Uri(_server.Url + "/api/v1/pods"), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
