using KubeSa.Api;
using KubeSa.Client.Config.InCluster;
using Xunit;

namespace KubeSa.Tests.Offline;

public sealed class PodIdentityReaderTests : IDisposable
{
    private readonly string _mount = Directory.CreateTempSubdirectory("kubesa-").FullName;
    private readonly Dictionary<string, string> _variables = [];

    public void Dispose() => Directory.Delete(_mount, recursive: true);

    [Fact]
    public void Reads_mount_and_environment()
    {
        Write("token", Jwts.Make(Jwts.Bound) + "\n");
        Write("namespace", " shop\n");
        Write("ca.crt", SecretTexts.CaPem);
        _variables["KUBERNETES_SERVICE_HOST"] = "10.0.0.1";
        _variables["KUBERNETES_SERVICE_PORT"] = "443";

        var pod = Read();

        Assert.Equal(("shop", "cart", "system:serviceaccount:shop:cart", "cart-7", _mount),
            (pod.Namespace, pod.ServiceAccount, pod.UserName, pod.PodName, pod.MountPath));
        Assert.Equal("https://10.0.0.1", pod.ApiServer);
        Assert.Equal(TokenKind.Bound, pod.TokenInfo!.Kind);
        Assert.Equal(["CN=one", "CN=two"], pod.CaCertificates.Select(c => c.Subject));
        Assert.Empty(pod.CloudIdentities);
    }

    [Theory]
    [InlineData("fd00::1", "6443", "https://[fd00::1]:6443")]
    [InlineData("[fd00::1]", "6443", "https://[fd00::1]:6443")]
    [InlineData("kubernetes.default.svc", "6443", "https://kubernetes.default.svc:6443")]
    [InlineData("10.0.0.1", "tcp://10.0.0.1:443", null)]
    [InlineData("tcp://10.0.0.1", "443", null)]
    [InlineData("10.0.0.1", "0", null)]
    [InlineData("10.0.0.1", "65536", null)]
    [InlineData("10.0.0.1", " 443", null)]
    [InlineData("10.0.0.1\n", "443", null)]
    [InlineData("", "443", null)]
    [InlineData("10.0.0.1", null, null)]
    public void Makes_a_url_of_host_and_port_or_none(string host, string? port, string? url)
    {
        Write("namespace", "shop");
        _variables["KUBERNETES_SERVICE_HOST"] = host;
        if (port is not null)
        {
            _variables["KUBERNETES_SERVICE_PORT"] = port;
        }

        Assert.Equal(url, Read().ApiServer);
    }

    [Fact]
    public void Takes_the_server_from_the_mount_where_the_environment_names_none()
    {
        Write("namespace", "shop");
        Write("kubernetes.env", "# as in a pod\r\nKUBERNETES_SERVICE_HOST=127.0.0.1\r\nKUBERNETES_SERVICE_PORT=6443\r\n");
        Assert.Equal("https://127.0.0.1:6443", Read().ApiServer);
        _variables["KUBERNETES_SERVICE_HOST"] = "10.0.0.1";
        Assert.Null(Read().ApiServer);
    }

    [Fact]
    public void Leaves_null_what_is_missing_or_broken()
    {
        Write("token", "no token");
        Write("ca.crt", "no certificate");
        var pod = Read();
        Assert.Equal((null, null, null, null), (pod.Namespace, pod.ServiceAccount, pod.TokenInfo, pod.PodName));
        Assert.Empty(pod.CaCertificates);
    }

    [Fact]
    public void Takes_the_host_name_for_the_pods_name_in_a_pod_alone()
    {
        Write("namespace", "shop");
        _variables["HOSTNAME"] = "cart-8";
        Assert.Null(Read().PodName);
        _variables["KUBERNETES_SERVICE_HOST"] = "10.0.0.1";
        Assert.Equal("cart-8", Read().PodName);
    }

    [Fact]
    public void Says_what_to_do_where_there_is_no_mount()
    {
        var failure = Assert.Throws<KubeApiException>(() => PodIdentityReader.Read(Path.Combine(_mount, "none"), new PodEnvironment(_ => null)));
        Assert.Equal((FailureKind.ConnectionNotConfigured, Path.Combine(_mount, "none")), (failure.Kind, failure.Target));
        Assert.Contains("-MountPath", failure.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.ConnectionNotConfigured, Assert.Throws<KubeApiException>(Read).Kind);
    }

    [Fact]
    public void Finds_the_token_files_of_the_clouds()
    {
        Write("namespace", "shop");
        Write("aws", Jwts.Make(Jwts.Bound));
        Write("google.json",
            """
            {"type":"external_account","credential_source":{"file":"/no/such/file"},
             "service_account_impersonation_url":"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/cart@p.iam.gserviceaccount.com:generateAccessToken"}
            """);
        _variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = Path.Combine(_mount, "aws");
        _variables["AWS_ROLE_ARN"] = "arn:aws:iam::1:role/cart";
        _variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = Path.Combine(_mount, "gone");
        _variables["AZURE_FEDERATED_TOKEN_FILE"] = Path.Combine(_mount, "aws");
        _variables["AZURE_CLIENT_ID"] = "client-1";
        _variables["GOOGLE_APPLICATION_CREDENTIALS"] = Path.Combine(_mount, "google.json");

        var clouds = Read().CloudIdentities;

        Assert.Equal(
            [("AWS", "arn:aws:iam::1:role/cart", true), ("AWS", null, false), ("Azure", "client-1", true), ("GCP", "cart@p.iam.gserviceaccount.com", false)],
            clouds.Select(c => (c.Provider, c.Principal, c.TokenInfo is not null)));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"type":"service_account","private_key":"x"}""")]
    [InlineData("""{"type":"external_account","credential_source":{"url":"http://x"}}""")]
    public void Finds_no_google_identity_without_a_token_file(string credentials)
    {
        Write("namespace", "shop");
        Write("google.json", credentials);
        _variables["GOOGLE_APPLICATION_CREDENTIALS"] = Path.Combine(_mount, "google.json");
        Assert.Empty(Read().CloudIdentities);
    }

    private PodIdentity Read() => PodIdentityReader.Read(_mount, new PodEnvironment(_variables.GetValueOrDefault));

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_mount, name), text);
}
