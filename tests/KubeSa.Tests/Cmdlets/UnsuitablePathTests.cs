using System.Diagnostics;
using System.Management.Automation;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>Every path that a user may give, and what it may lead to: a device without end, and a name that is none.</summary>
public sealed class UnsuitablePathTests : IDisposable
{
    private readonly HostedEngine _engine = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kubesa-paths-");

    public static TheoryData<string, string> Commands => new()
    {
        { "Get-KubeContext -KubeConfig $path", "KubeConfigInvalid" },
        { "Get-KubeServiceAccount -KubeConfig $path", "KubeConfigInvalid" },
        { "Connect-KubeCluster -KubeConfig $path", "KubeConfigInvalid" },
        { "Connect-KubeCluster -Server https://127.0.0.1:1 -CertificateAuthority $path", "InvalidRequest" },
        { "Connect-KubeCluster -Server https://127.0.0.1:1 -ClientCertificate $path -ClientKey $path", "FileNotFound" },
        { "Connect-KubeCluster -Server http://127.0.0.1:1 -TokenFile $path; Get-KubeServiceAccount x", "ConnectionNotConfigured" },
        { "ConvertFrom-KubeServiceAccountToken -LiteralPath $path", "FileNotFound" },
        { "ConvertFrom-SaTokenSecret -LiteralPath $path", "FileNotFound" },
        { "Test-KubeServiceAccountToken x.y.z -Offline -Jwks $path", "FileNotFound" },
        { "Test-KubeServiceAccountToken x.y.z -Offline -PublicKey $path", "FileNotFound" },
        { "Test-KubeInClusterAccess -Evidence $path", "FileNotFound" },
    };

    public UnsuitablePathTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such devices on Windows.");

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_device_without_end_is_an_error_of_ours(string command, string id) => Fails("/dev/zero", command, id);

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_NUL_in_a_path_is_an_error_of_ours(string command, string id) => Fails($"{_folder.FullName}/a\0b", command, id);

    [Fact]
    public void A_mount_of_devices_is_told_as_one_that_cannot_be_read()
    {
        foreach (var name in (string[])["token", "ca.crt", "namespace"])
        {
            File.CreateSymbolicLink(Path.Combine(_folder.FullName, name), "/dev/zero");
        }

        Assert.Null(Assert.Single(_engine.Run("param($path) Get-KubePodIdentity -MountPath $path", _folder.FullName).RequireNoErrors().As<PodIdentity>()).TokenInfo);
        _engine.Run("param($path) Connect-KubeCluster -InCluster -MountPath $path", _folder.FullName).RequireError("ConnectionNotConfigured");
    }

    [Theory]
    [InlineData("Get-KubeContext -KubeConfig $path")]
    [InlineData("Get-KubeServiceAccount -KubeConfig $path")]
    [InlineData("Connect-KubeCluster -KubeConfig $path")]
    [InlineData("ConvertFrom-SaTokenSecret -LiteralPath $path")]
    public async Task Ctrl_C_ends_the_waiting_for_a_pipe(string command)
    {
        var pipe = Path.Combine(_folder.FullName, "pipe");
        using (var made = Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        using var shell = PowerShell.Create();
        shell.Runspace = _engine.Runspace;
        var running = shell.AddScript($"param($path) {command}").AddArgument(pipe).BeginInvoke();

        // A pipe can be opened for writing when somebody reads it, and not before.
        await using var writer = await Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Write)).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();
        shell.Stop();
        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));

        // By itself the reading would be given up after ten seconds.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Empty(shell.Streams.Error);
    }

    private void Fails(string path, string command, string id)
    {
        var result = _engine.Run($"param($path) {command}", path);
        Assert.Null(result.Thrown);
        Assert.Equal([id], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]).Distinct());
    }
}
