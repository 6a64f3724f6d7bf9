using KubeSa.Api;
using KubeSa.Client.Config;
using KubeSa.Client.Config.InCluster;
using KubeSa.Client.Http;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Rows 8, 9 and 13: a pod's mount.</summary>
public sealed class MountTests : IDisposable
{
    // {"alg":"none"} . {"sub":"system:serviceaccount:shop:web", and the bound claims} . no signature
    private const string Token =
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJzeXN0ZW06c2VydmljZWFjY291bnQ6c2hvcDp3ZWIiLCJrdWJlcm5ldGVzLmlvIjp7Im5hbWVzcGFjZSI6InNob3AiLCJzZXJ2aWNlYWNjb3VudCI6eyJuYW1lIjoid2ViIiwidWlkIjoidTEifX19.c2ln";

    private readonly string _mount = Directory.CreateTempSubdirectory("kubesa-mount-").FullName;
    private readonly TestAuthority _authority = new();
    private readonly Dictionary<string, string?> _environment = new()
    {
        ["KUBERNETES_SERVICE_HOST"] = "10.96.0.1",
        ["KUBERNETES_SERVICE_PORT"] = "443",
    };

    public MountTests()
    {
        Write("token", Token + "\n");
        Write("namespace", "shop\n");
        Write("ca.crt", _authority.Pem);
    }

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_mount, recursive: true);
    }

    [Fact]
    public void Row_8_reads_a_mount_from_any_folder_and_trims_the_namespace()
    {
        var info = Find().Info;
        Assert.Equal(("https://10.96.0.1", ConnectionSource.Pod, "shop", "system:serviceaccount:shop:web"), (info.Server, info.Source, info.Namespace, info.UserHint));
        Assert.Equal(Path.Combine(_mount, "ca.crt"), info.CertificateAuthority);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("ca.crt")]
    public void Row_8_names_the_file_that_is_missing(string file)
    {
        File.Delete(Path.Combine(_mount, file));
        var failure = Assert.Throws<KubeApiException>(() => Find());
        Assert.Equal((FailureKind.ConnectionNotConfigured, Path.Combine(_mount, file)), (failure.Kind, failure.Target));
    }

    [Theory]
    [InlineData("KUBERNETES_SERVICE_HOST", null)]
    [InlineData("KUBERNETES_SERVICE_PORT", null)]
    [InlineData("KUBERNETES_SERVICE_PORT", "junk")]
    [InlineData("KUBERNETES_SERVICE_PORT", "70000")]
    public void Row_8_names_the_variable_that_is_wrong(string name, string? value)
    {
        _environment[name] = value;
        var failure = Assert.Throws<KubeApiException>(() => Find());
        Assert.Equal(FailureKind.ConnectionNotConfigured, failure.Kind);
        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, null, "/var/run/secrets/kubernetes.io/serviceaccount")]
    [InlineData(true, null, @"C:\var\run\secrets\kubernetes.io\serviceaccount")]
    [InlineData(true, @"C:\C\5f1e\", @"C:\C\5f1e\var\run\secrets\kubernetes.io\serviceaccount")]
    public void Row_8_knows_where_the_kubelet_mounts_it_on_each_system(bool onWindows, string? hostProcessRoot, string expected)
    {
        _environment["CONTAINER_SANDBOX_MOUNT_POINT"] = hostProcessRoot;
        Assert.Equal(expected, PodMount.UsualPath(new PodEnvironment(name => _environment.GetValueOrDefault(name)), onWindows));
    }

    [Theory]
    [InlineData("fd00::1")]
    [InlineData("[fd00::1]")]
    public void Row_9_finds_a_server_by_an_IPv6_address(string host)
    {
        _environment["KUBERNETES_SERVICE_HOST"] = host;
        _environment["KUBERNETES_SERVICE_PORT"] = "6443";
        Assert.Equal("https://[fd00::1]:6443/", Find().Server.AbsoluteUri);
    }

    [Fact]
    public void Row_13_goes_through_no_proxy_inside_a_pod()
    {
        using var handler = new SocketsHttpHandler();
        TransportSettings.SetUp(handler, Find());
        Assert.False(handler.UseProxy);
    }

    private ClusterConfig Find() =>
        ClusterConfigResolver.Find(new ConnectionOptions { Source = ConnectionSource.Pod, MountPath = _mount }, name => _environment.GetValueOrDefault(name));

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_mount, name), text);
}
