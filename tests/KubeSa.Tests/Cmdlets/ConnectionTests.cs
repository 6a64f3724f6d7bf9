using System.Diagnostics;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using KubeSa.Connections;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

[Collection(SharedProcess.Name)]
public sealed class ConnectionTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public void Shows_the_current_connection_without_secrets()
    {
        using var engine = sandbox.Connect("reader");
        var connection = Assert.Single(engine.Run("Get-KubeConnection").RequireNoErrors().As<Connection>());
        Assert.Equal(new Uri(sandbox.Server.Url), new Uri(connection.Server));
        Assert.Equal((ConnectionSource.KubeConfig, "reader"), (connection.Source, connection.Context));
        Assert.DoesNotContain("eyJ", connection.UserHint ?? string.Empty, StringComparison.Ordinal);
        Assert.Empty(engine.Run("Disconnect-KubeCluster; Get-KubeConnection").RequireNoErrors().Output);
    }

    [Fact]
    public void Lists_contexts_and_names_a_missing_one()
    {
        using var engine = new HostedEngine();
        var contexts = engine.Run($"Get-KubeContext -KubeConfig '{sandbox.Server.KubeConfig}'").RequireNoErrors().As<Context>();
        Assert.Equal(["admin", "anonymous", "deployer", "reader"], contexts.Select(context => context.Name).Order());
        Assert.Equal("admin", Assert.Single(contexts, context => context.IsCurrent).Name);
        Assert.Equal("ClientCertificate", contexts.Single(context => context.Name == "admin").AuthKind);
        Assert.Equal("Token", contexts.Single(context => context.Name == "reader").AuthKind);
        var error = engine.Run($"Get-KubeContext nope -KubeConfig '{sandbox.Server.KubeConfig}'").RequireError("ContextNotFound");
        Assert.Equal((ErrorCategory.ObjectNotFound, "nope"), (error.CategoryInfo.Category, error.TargetObject));
        engine.Run($"Connect-KubeCluster nope -KubeConfig '{sandbox.Server.KubeConfig}'").RequireError("ContextNotFound");
    }

    [Fact]
    public void Connects_as_a_pod_does()
    {
        using var engine = new HostedEngine();
        var url = new Uri(sandbox.Server.Url);
        using var environment = new EnvironmentScope(("KUBERNETES_SERVICE_HOST", url.Host), ("KUBERNETES_SERVICE_PORT", $"{url.Port}"));
        var identity = engine.Run($"Connect-KubeCluster -InCluster -MountPath '{sandbox.Server.MountPath}' > $null; Get-KubeIdentity").RequireNoErrors();
        Assert.StartsWith("system:serviceaccount:", Assert.Single(identity.As<Identity>()).UserName, StringComparison.Ordinal);
        Assert.Equal(["Pod"], engine.Run("(Get-KubeConnection).Source").RequireNoErrors().Text);
    }

    [Fact]
    public void Connects_with_what_is_given()
    {
        using var engine = new HostedEngine();
        var result = engine.Run(
            $"Connect-KubeCluster -Server {sandbox.Server.Url} -TokenFile '{sandbox.Server.MountPath}/token' "
            + $"-CertificateAuthority '{sandbox.Server.CertificateAuthority}'; (Get-KubeIdentity).UserName").RequireNoErrors();
        Assert.Equal(ConnectionSource.Explicit, Assert.IsType<Connection>(result.Output[0].BaseObject).Source);
        Assert.StartsWith("system:serviceaccount:", result.Text[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_nothing_and_never_falls_back_to_localhost()
    {
        using var engine = new HostedEngine();
        using var environment = new EnvironmentScope(
            ("KUBECONFIG", null), ("HOME", "/no-such-home"), ("USERPROFILE", "/no-such-home"), ("KUBERNETES_SERVICE_HOST", null), ("KUBERNETES_SERVICE_PORT", null));
        var error = engine.Run("Get-KubeServiceAccount").RequireError("ConnectionNotConfigured");
        Assert.Contains("Connect-KubeCluster", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_quickly_that_nothing_listens()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();

        using var engine = new HostedEngine();
        var clock = Stopwatch.StartNew();
        var error = engine.Run($"Connect-KubeCluster -Server https://127.0.0.1:{port} -TimeoutSeconds 20; Get-KubeServiceAccount").RequireError("ConnectionRefused");
        Assert.Equal(ErrorCategory.ConnectionError, error.CategoryInfo.Category);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Refuses_a_server_of_an_unknown_authority()
    {
        var other = await SandboxProcess.StartAsync("modern", 0, TestContext.Current.CancellationToken);
        try
        {
            using var engine = new HostedEngine();
            var error = engine.Run($"Connect-KubeCluster -Server {sandbox.Server.Url} -CertificateAuthority '{other.CertificateAuthority}'; Get-KubeServiceAccount")
                .RequireError("TlsUntrusted");
            Assert.Equal(ErrorCategory.SecurityError, error.CategoryInfo.Category);
        }
        finally
        {
            SandboxProcess.Stop(other.ProcessId);
        }
    }

    [Fact]
    public void Refuses_a_certificate_for_another_name()
    {
        using var engine = new HostedEngine();
        engine.Run(
            $"Connect-KubeCluster -Server {sandbox.Server.Url} -TlsServerName other.example -CertificateAuthority '{sandbox.Server.CertificateAuthority}'; Get-KubeServiceAccount")
            .RequireError("TlsNameMismatch");
    }

    [Fact]
    public void Lets_one_pipeline_use_two_connections()
    {
        using var engine = sandbox.Connect();
        var script = $"$r = Connect-KubeCluster -KubeConfig '{sandbox.Server.KubeConfig}' -Context reader; "
            + $"$null = Connect-KubeCluster -KubeConfig '{sandbox.Server.KubeConfig}'; "
            + "(Get-KubeIdentity -Connection $r).UserName; (Get-KubeIdentity).UserName; (Get-KubeIdentity -Context reader -KubeConfig "
            + $"'{sandbox.Server.KubeConfig}').UserName";
        var names = engine.Run(script).RequireNoErrors().Text;
        Assert.Equal(names[0], names[2]);
        Assert.NotEqual(names[0], names[1]);
    }
}
