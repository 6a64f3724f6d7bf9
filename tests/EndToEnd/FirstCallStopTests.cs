using System.Globalization;
using Xunit;

namespace KubeSa.EndToEnd;

/// <summary>The first call of a process, whose connection is made ready on another thread, ends at once when it is stopped.</summary>
public sealed class FirstCallStopTests
{
    // A pipe that nobody writes to holds whoever opens it. The call is stopped when the module's client has been loaded for it.
    private const string Script = """
        Import-Module ./KubeSa.psd1
        $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
        $null = $shell.AddScript("Import-Module '$PWD/KubeSa.psd1'").Invoke()
        $shell.Commands.Clear()
        $running = $shell.AddCommand('Get-KubeServiceAccount').BeginInvoke()
        $limit = [Diagnostics.Stopwatch]::StartNew()
        while ($limit.Elapsed.TotalSeconds -lt 60 -and -not [AppDomain]::CurrentDomain.GetAssemblies().Where{ $_.GetName().Name -eq 'KubeSa.Client' }) { }
        $began = -not $running.IsCompleted
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        "$began $([int]$watch.ElapsedMilliseconds)"
        [Environment]::Exit(0)
        """;

    // Half a second on a quiet machine; the file itself would be waited for ten seconds.
    private const int LongestMilliseconds = 5000;

    [Fact]
    public async Task A_kubeconfig_that_never_comes_does_not_hold_a_stopped_call()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in the file system.");
        var folder = Directory.CreateTempSubdirectory("kubesa-stop-");
        try
        {
            var (pwsh, first) = await PowerShellTool.FindAsync(TestContext.Current.CancellationToken);
            var pipe = Path.Combine(folder.FullName, "config");
            await Tool.RunAsync("mkfifo", [pipe], TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            var (exitCode, output) = await Tool.RunAsync(
                pwsh,
                [.. first, "-NoProfile", "-NonInteractive", "-Command", Script],
                TimeSpan.FromMinutes(2),
                TestContext.Current.CancellationToken,
                new Dictionary<string, string> { ["KUBECONFIG"] = pipe });
            Assert.Equal(0, exitCode);
            var said = output.Split(' ');
            Assert.Equal("True", said[0]);
            Assert.InRange(int.Parse(said[1], CultureInfo.InvariantCulture), 0, LongestMilliseconds);
        }
        catch (ToolMissingException missing)
        {
            Assert.Skip(missing.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
