using KubeSa.Api;
using KubeSa.Cmdlets;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class ExportKubeServiceAccountKubeConfigTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private readonly HostedEngine _engine = sandbox.Connect();
    private readonly string _folder = Directory.CreateTempSubdirectory("kubesa-export-").FullName;

    public void Dispose()
    {
        _engine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("-Duration 2:00:00")]
    [InlineData("-TokenSecret reader-key")]
    [InlineData("-Refreshing")]
    [InlineData("")]
    public void Makes_a_file_with_which_kubectl_and_this_module_are_the_account(string how)
    {
        if (how.StartsWith("-TokenSecret", StringComparison.Ordinal))
        {
            _engine.Run("New-KubeSaTokenSecret reader reader-key -Namespace team-a").RequireNoErrors();
        }

        var path = Path.Combine(_folder, "reader.kubeconfig");
        var file = Assert.Single(_engine.Run($"Export-KubeServiceAccountKubeConfig reader -Namespace team-a -Path '{path}' {how}").RequireNoErrors().As<FileInfo>());
        Assert.Equal(path, file.FullName);
        Assert.Equal([path], Directory.GetFiles(_folder));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        using var engine = new HostedEngine();
        engine.Run($"Connect-KubeCluster -KubeConfig '{path}'").RequireNoErrors();
        Assert.Equal(["system:serviceaccount:team-a:reader"], engine.Run("Get-KubeIdentity").RequireNoErrors().Text);
        Assert.Equal("team-a", Assert.Single(engine.Run("Get-KubeConnection").RequireNoErrors().As<Connection>()).Namespace);
        Assert.Contains("system:serviceaccount:team-a:reader", Kubectl.Run(path, "auth", "whoami"), StringComparison.Ordinal);
        Assert.Contains("web", Kubectl.Run(path, "get", "serviceaccounts"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refreshing_file_holds_no_token() =>
        Assert.DoesNotContain("eyJ", Assert.Single(_engine.Run("Export-KubeServiceAccountKubeConfig default -Refreshing").RequireNoErrors().Text), StringComparison.Ordinal);

    [Fact]
    public void Renews_through_pwsh_with_this_module_where_there_is_no_kubectl()
    {
        var connection = new ConnectionInfo("https://x", ConnectionSource.KubeConfig, "it's", "default", null, null) { KubeConfig = "/a:/b" };
        var command = RefreshingCredential.For(connection, new TokenSpec("ns", "app") { Duration = TimeSpan.FromMinutes(90) }, _ => false);
        Assert.Equal(("pwsh", "/a:/b"), (command.Program, command.Environment["KUBECONFIG"]));
        Assert.Equal(
            ("it's", "ns", "app", "5400"),
            (command.Environment["KUBESA_CONTEXT"], command.Environment["KUBESA_NAMESPACE"], command.Environment["KUBESA_SERVICE_ACCOUNT"], command.Environment["KUBESA_DURATION"]));
    }

    [Fact]
    public void Puts_no_name_into_the_text_that_pwsh_runs()
    {
        static string Script(string context, string file) => RefreshingCredential.For(
            new ConnectionInfo("https://x", ConnectionSource.KubeConfig, context, "default", null, null) { KubeConfig = file }, new TokenSpec("ns", "app"), _ => false).Arguments[^1];
        Assert.Equal(Script("x", "/a"), Script("\u2019; Remove-Item *; \u2019", "/\u2018$(exit)"));
    }

    [Theory]
    [InlineData("/modules/KubeSa/0.1.0", "/modules/KubeSa")]
    [InlineData("/modules/KubeSa/10.20.30-beta1", "/modules/KubeSa")]
    [InlineData("/modules/kubesa/1.2", "/modules/kubesa")]
    [InlineData("/modules/KubeSa", "/modules/KubeSa/KubeSa.psd1")]
    [InlineData("/src/1.2.3", "/src/1.2.3/KubeSa.psd1")]
    [InlineData("/src/KubeSa/main", "/src/KubeSa/main/KubeSa.psd1")]
    public void Names_no_version_s_folder_of_an_installed_module(string folder, string path)
    {
        string Native(string text) => text.Replace('/', Path.DirectorySeparatorChar);
        Assert.Equal(Native(path), RefreshingCredential.ModulePath(Native(folder)));
    }

    [Fact]
    public void Outputs_the_text_without_a_path() =>
        Assert.StartsWith("apiVersion: v1\nkind: Config\n", Assert.Single(_engine.Run("Export-KubeServiceAccountKubeConfig default").RequireNoErrors().As<string>()), StringComparison.Ordinal);

    [Fact]
    public void Never_replaces_a_file_without_Force()
    {
        var path = Path.Combine(_folder, "mine");
        File.WriteAllText(path, "mine");
        Assert.Equal(path, _engine.Run($"Export-KubeServiceAccountKubeConfig default -Path '{path}'").RequireError("FileAlreadyExists").TargetObject);
        Assert.Equal("mine", File.ReadAllText(path));
        _engine.Run($"Export-KubeServiceAccountKubeConfig default -Path '{path}' -Force").RequireNoErrors();
        Assert.StartsWith("apiVersion", File.ReadAllText(path), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void Writes_a_file_for_each_account_into_a_folder_and_none_twice()
    {
        _engine.Run($"Get-KubeServiceAccount viewer, unused -Namespace team-b | Export-KubeServiceAccountKubeConfig -Path '{_folder}'").RequireNoErrors();
        Assert.Equal(["team-b-unused.kubeconfig", "team-b-viewer.kubeconfig"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
        var one = Path.Combine(_folder, "one");
        _engine.Run($"Get-KubeServiceAccount viewer, unused -Namespace team-b | Export-KubeServiceAccountKubeConfig -Path '{one}' -Force").RequireError("FileAlreadyExists");
    }

    [Theory]
    [InlineData("nope", "ServiceAccountNotFound")]
    [InlineData("nope -Refreshing", "ServiceAccountNotFound")]
    [InlineData("default -TokenSecret nope", "SecretNotFound")]
    [InlineData("default -Duration 0:01:00", "InvalidRequest")]
    [InlineData("default -Path /no/such/folder/file", "FileNotFound")]
    public void Says_what_is_wrong(string parameters, string id) => _engine.Run($"Export-KubeServiceAccountKubeConfig {parameters}").RequireError(id);

    [Fact]
    public void Takes_no_token_of_another_account()
    {
        _engine.Run("New-KubeServiceAccount e1 > $null; New-KubeSaTokenSecret e1 e1-key").RequireNoErrors();
        _engine.Run("Export-KubeServiceAccountKubeConfig default -TokenSecret e1-key").RequireError("InvalidRequest");
    }

    [Fact]
    public void Writes_nothing_with_WhatIf()
    {
        _engine.Run($"Export-KubeServiceAccountKubeConfig default -Path '{_folder}' -WhatIf").RequireNoErrors();
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Cannot_renew_through_a_connection_that_came_from_no_kubeconfig()
    {
        using var engine = new HostedEngine();
        engine.Run($"Connect-KubeCluster -Server {sandbox.Server.Url} -TokenFile '{sandbox.Server.MountPath}/token' -CertificateAuthority '{sandbox.Server.CertificateAuthority}'").RequireNoErrors();
        engine.Run("Export-KubeServiceAccountKubeConfig default -Refreshing").RequireError("InvalidRequest");
    }
}
