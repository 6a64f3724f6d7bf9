using Xunit;

namespace KubeSa.EndToEnd;

/// <summary>The package as build.ps1 makes it, once for all of its tests.</summary>
public sealed class PackageFixture : IAsyncLifetime
{
    private string? _missing;

    internal DirectoryInfo Output { get; } = Directory.CreateTempSubdirectory("kubesa-package-");

    /// <summary>The module's folder in it; skips the test where this machine cannot make it.</summary>
    internal string Module
    {
        get
        {
            Assert.SkipWhen(_missing is not null, _missing ?? string.Empty);
            return Assert.Single(Directory.GetDirectories(Path.Combine(Output.FullName, "KubeSa")));
        }
    }

    internal string Bin => Path.Combine(Module, "module", "bin");

    public async ValueTask InitializeAsync()
    {
        try
        {
            var (exitCode, output) = await PwshAsync(null, "-File", Path.Combine(Checkout.Root, "build.ps1"), "-Task", "Package", "-OutputFolder", Output.FullName);
            if (exitCode != 0 && output.Contains("is not to be had here", StringComparison.Ordinal))
            {
                _missing = "The compiler or a runtime that the package is compiled for could not be had: " + output;
                return;
            }

            Assert.True(exitCode == 0, output);
        }
        catch (ToolMissingException missing)
        {
            _missing = missing.Message;
        }
    }

    public ValueTask DisposeAsync()
    {
        Output.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs a script in a new pwsh and gives what it wrote; it must end well.</summary>
    internal async Task<string[]> RunAsync(string script, string? home = null)
    {
        _ = Module;
        var file = Path.Combine(Output.FullName, $"{Guid.NewGuid():N}.ps1");
        await File.WriteAllTextAsync(file, "$ErrorActionPreference = 'Stop'\n" + script);
        var (exitCode, output) = await PwshAsync(home, "-File", file, Path.Combine(Module, "KubeSa.psd1"));
        Assert.True(exitCode == 0, output);
        return output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<(int ExitCode, string Output)> PwshAsync(string? home, params string[] arguments)
    {
        var (program, first) = await PowerShellTool.FindAsync(CancellationToken.None);
        var environment = new Dictionary<string, string> { ["NO_COLOR"] = "1" };
        if (home is not null)
        {
            // The tool itself is still to be found where it was restored to.
            var mine = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            environment["DOTNET_CLI_HOME"] = Environment.GetEnvironmentVariable("DOTNET_CLI_HOME") ?? mine;
            environment["NUGET_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(mine, ".nuget", "packages");
            (environment["HOME"], environment["USERPROFILE"], environment["XDG_DATA_HOME"]) = (home, home, string.Empty);
        }

        return await Tool.RunAsync(program, [.. first, "-NoProfile", "-NonInteractive", .. arguments], TimeSpan.FromMinutes(10), CancellationToken.None, environment);
    }
}
