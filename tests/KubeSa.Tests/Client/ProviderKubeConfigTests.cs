using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeSa.Api;
using KubeSa.Client.Config;
using KubeSa.Client.Config.KubeConfig;
using KubeSa.Tests.Engine;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>kubeconfigs in the shapes that the providers' tools write, with invented names.</summary>
public sealed class ProviderKubeConfigTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kubesa-providers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("eks", "https://0123456789abcdef0123456789abcdef.gr7.eu-central-1.eks.amazonaws.com/", "default", "Exec", "arn:aws:eks:eu-central-1:111122223333:cluster/shop")]
    [InlineData("aks", "https://shop-dns-0a1b2c3d.hcp.westeurope.azmk8s.io/", "default", "Exec", "clusterUser_shop-group_shop")]
    [InlineData("gke", "https://203.0.113.7/", "web", "Exec", "gke_shop-project_europe-west3-a_shop")]
    [InlineData("kind", "https://127.0.0.1:41223/", "default", "ClientCertificate", "kind-shop")]
    [InlineData("k3s", "https://127.0.0.1:6443/", "default", "ClientCertificate", "default")]
    [InlineData("rancher", "https://rancher.example.com/k8s/clusters/c-m-abcd1234", "default", "Token", "shop")]
    [InlineData("openshift", "https://api.shop.example.com:6443/", "web", "Token", "jane/api-shop-example-com:6443")]
    public void Resolves_to_the_right_server_namespace_and_credentials(string provider, string server, string ns, string kind, string user)
    {
        var file = FileOf(provider);
        var config = ClusterConfigResolver.Find(new ConnectionOptions { KubeConfig = file }, _ => null);
        Assert.Equal((server, ns, user), (config.Server.AbsoluteUri, config.Info.Namespace, config.Info.UserHint));
        Assert.True(config.HasCredentials);

        var context = Contexts.Read(file, _ => null, stop: TestContext.Current.CancellationToken).Single(c => c.IsCurrent);
        Assert.Equal((kind, user, ns), (context.AuthKind, context.User, context.Namespace));
    }

    [Fact]
    public async Task Keeps_the_path_of_a_server_behind_Rancher()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var api = cluster.Connect(o => o with { Server = cluster.Server.Url + "/k8s/clusters/c-m-abcd1234" });
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        await api.GetSigningKeysAsync(cluster.Call);
        Assert.Equal(
            ["/k8s/clusters/c-m-abcd1234/api/v1/namespaces/default/serviceaccounts/x", "/k8s/clusters/c-m-abcd1234/openid/v1/jwks"],
            cluster.Server.Requests.Select(r => r.Path));
    }

    [Fact]
    public async Task Says_once_that_a_kubeconfig_turns_verification_off()
    {
        using var impostor = new TestAuthority();
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"), impostor.IssueServer());
        var text = await File.ReadAllTextAsync(FileOf("openshift"), TestContext.Current.CancellationToken);
        var file = cluster.Write("config", text.Replace("https://api.shop.example.com:6443", cluster.Server.Url, StringComparison.Ordinal));
        var api = cluster.Connect(_ => new ConnectionOptions { KubeConfig = file });
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        var warning = Assert.IsType<WarningNotice>(Assert.Single(cluster.Notices));
        Assert.Contains("insecure-skip-tls-verify", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_a_megabyte_with_a_thousand_contexts_in_proportion_to_its_size()
    {
        var (small, large) = (Large("small", 100), Large("large", 1000));
        Assert.True(new FileInfo(large).Length > 1_000_000);
        Assert.Equal(1000, Contexts.Read(large, _ => null, stop: TestContext.Current.CancellationToken).Count);
        Assert.Equal("https://c999:6443/", ClusterConfigResolver.Find(new ConnectionOptions { KubeConfig = large }, _ => null).Server.AbsoluteUri);

        // Ten times the work is right, a hundred times would be each context looked up among all. The fastest of several
        // is least disturbed by what else the machine does.
        var (few, many) = (Fastest(small), Fastest(large));
        Assert.True(many < 40 * few, $"A hundred contexts took {few}, a thousand {many}.");
    }

    private string Large(string name, int count)
    {
        var numbers = Enumerable.Range(0, count).Select(i => 1000 - count + i).ToList();
        var padding = Convert.ToBase64String(new byte[700]);
        var file = Path.Combine(_folder, name);
        File.WriteAllLines(file,
        [
            "current-context: c999", "clusters:",
            .. numbers.Select(i => $"- name: c{i}\n  cluster: {{server: 'https://c{i}:6443', extensions: [{{name: x, extension: {padding}}}]}}"),
            "users:", .. numbers.Select(i => $"- name: c{i}\n  user: {{token: t{i}}}"),
            "contexts:", .. numbers.Select(i => $"- name: c{i}\n  context: {{cluster: c{i}, user: c{i}}}"),
        ]);
        return file;
    }

    private static TimeSpan Fastest(string file) => Enumerable.Range(0, 5).Min(_ =>
    {
        var watch = Stopwatch.StartNew();
        Contexts.Read(file, _ => null, stop: TestContext.Current.CancellationToken);
        return watch.Elapsed;
    });

    private string FileOf(string provider)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.IssueClient("O=system:masters, CN=kubernetes-admin");
        var text = File.ReadAllText(Path.Combine(Repository.Root, "tests", "KubeSa.Tests", "Client", "KubeConfigs", provider + ".yaml"))
            .Replace("AUTHORITY", Base64(authority.Pem), StringComparison.Ordinal)
            .Replace("CERTIFICATE", Base64(certificate.ExportCertificatePem()), StringComparison.Ordinal)
            .Replace("KEY", Base64(certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()), StringComparison.Ordinal);
        var file = Path.Combine(_folder, provider);
        File.WriteAllText(file, text);
        return file;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
