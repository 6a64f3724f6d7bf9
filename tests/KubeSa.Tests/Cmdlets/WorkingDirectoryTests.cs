using KubeSa.Tests.Engine;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>Relative paths start where the user stands, which is PowerShell's location and not the folder of the process.</summary>
[Collection(SharedProcess.Name)]
public sealed class WorkingDirectoryTests : IAsyncDisposable
{
    private readonly WireCluster _here = Cluster("here");
    private readonly WireCluster _there = Cluster("there");
    private readonly string _folder = Directory.CreateTempSubdirectory("kubesa-location-").FullName;
    private readonly string _process = System.Environment.CurrentDirectory;
    private readonly HostedEngine _engine = new();

    public WorkingDirectoryTests()
    {
        Write("user/config", _here);
        Write("user/sub/config", _there);
        Write("process/config", _there);
        System.Environment.CurrentDirectory = Path.Combine(_folder, "process");
    }

    public async ValueTask DisposeAsync()
    {
        System.Environment.CurrentDirectory = _process;
        _engine.Dispose();
        Directory.Delete(_folder, recursive: true);
        await _here.DisposeAsync();
        await _there.DisposeAsync();
    }

    [Theory]
    [InlineData("config")]
    [InlineData("./config")]
    [InlineData("sub/../config")]
    [InlineData("missing|config")]
    [InlineData("config|sub/config")]
    public void A_relative_KUBECONFIG_is_the_file_where_the_user_stands(string list)
    {
        using var environment = Environment(list);
        At("user", "(Get-KubeServiceAccount x).Namespace", "here");
        At("user", "(Get-KubeContext | Where-Object IsCurrent).Server", _here.Server.Url);
        At("user", "(Get-KubeServiceAccount x -Context x).Namespace", "here");
        At("user", "(Connect-KubeCluster).Server", _here.Server.Url);
        At("user", "(TabExpansion2 'Get-KubeServiceAccount -Context ' 32).CompletionMatches.ToolTip -join ''", $"x: u at {_here.Server.Url}");
    }

    [Fact]
    public void The_location_of_another_drive_leaves_the_one_in_the_file_system()
    {
        using var environment = Environment("config");
        At("user", "$null = $ExecutionContext.SessionState.Path.SetLocation('env:'); (Get-KubeServiceAccount x).Namespace", "here");
    }

    [Fact]
    public void A_connection_that_was_opened_in_another_folder_is_not_used_again()
    {
        using var environment = Environment("config");
        At("user", "(Get-KubeServiceAccount x).Namespace", "here");
        At("user/sub", "(Get-KubeServiceAccount x).Namespace", "there");
        At("user", "(Get-KubeServiceAccount x).Namespace", "here");
    }

    [Fact]
    public void A_credential_plugin_runs_where_the_user_stands_and_its_command_starts_from_the_kubeconfig()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The plugin of this test is a shell script.");
        var plugin = Path.Combine(_folder, "user", "plugin");
        File.WriteAllText(plugin, """
            #!/bin/sh
            pwd > "$(dirname "$0")/ran"
            echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t"}}'
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(plugin, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Write("user/config", _here, "{ exec: { apiVersion: client.authentication.k8s.io/v1, command: ./plugin, interactiveMode: Never } }");
        using var environment = Environment("../config");
        At("user/sub", "(Get-KubeServiceAccount x).Namespace", "here");
        Assert.EndsWith("user/sub", File.ReadAllText(Path.Combine(_folder, "user", "ran")).Trim(), StringComparison.Ordinal);
    }

    private static WireCluster Cluster(string name) => new(_ => WireReply.Account(name, "x"));

    private static EnvironmentScope Environment(string list) => new(("KUBECONFIG", list.Replace('|', Path.PathSeparator)));

    private void At(string folder, string script, string expected) => Assert.Equal(
        [expected],
        _engine.Run($"$null = $ExecutionContext.SessionState.Path.SetLocation('{Path.Combine(_folder, folder)}'); {script}; Disconnect-KubeCluster").RequireNoErrors().Text);

    private void Write(string path, WireCluster cluster, string user = "{ token: t }")
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var authority = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(cluster.Authority.Pem));
        File.WriteAllText(file, $"""
            current-context: x
            contexts: [{"{"} name: x, context: {"{"} cluster: c, user: u {"} }"} ]
            clusters: [{"{"} name: c, cluster: {"{"} server: "{cluster.Server.Url}", certificate-authority-data: {authority} {"} }"} ]
            users: [{"{"} name: u, user: {user} {"}"}]
            """);
    }
}
