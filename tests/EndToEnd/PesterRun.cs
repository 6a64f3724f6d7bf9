using System.Text.Json;

namespace KubeSa.EndToEnd;

/// <summary>One run of all Pester files in one pwsh.</summary>
internal static class PesterRun
{
    // What Invoke-Suite.ps1 exits with where this machine has not what it needs.
    private const int PesterMissing = 3;

    internal static async Task<IReadOnlyList<PesterResult>> AllAsync(CancellationToken stop)
    {
        var (program, first) = await FindPowerShellAsync(stop);
        var results = Path.GetTempFileName();
        try
        {
            var script = Path.Combine(Repository.Tests, "EndToEnd", "Invoke-Suite.ps1");
            var (exitCode, output) = await Tool.RunAsync(
                program,
                [.. first, "-NoProfile", "-NonInteractive", "-File", script, "-ResultFile", results],
                TimeSpan.FromMinutes(10),
                stop);
            return exitCode switch
            {
                0 => JsonSerializer.Deserialize<List<PesterResult>>(await File.ReadAllTextAsync(results, stop))!,
                PesterMissing => throw new ToolMissingException(output),
                _ => throw new InvalidOperationException($"pwsh ended with exit code {exitCode}:\n{output}"),
            };
        }
        finally
        {
            File.Delete(results);
        }
    }

    /// <summary>A pwsh from PATH, else the tool that .config/dotnet-tools.json names, where the package registry has it.</summary>
    private static async Task<(string Program, string[] FirstArguments)> FindPowerShellAsync(CancellationToken stop)
    {
        if (Tool.Find("pwsh") is { } installed)
        {
            return (installed, []);
        }

        var dotnet = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";
        try
        {
            var (exitCode, output) = await Tool.RunAsync(dotnet, ["tool", "restore"], TimeSpan.FromMinutes(2), stop);
            return exitCode == 0 ? (dotnet, ["tool", "run", "pwsh", "--"]) : throw Missing(output);
        }
        catch (TimeoutException late)
        {
            throw Missing(late.Message);
        }
    }

    private static ToolMissingException Missing(string why) => new(
        "The Pester files need PowerShell 7.4 or later: there is no pwsh on PATH, and 'dotnet tool restore' could not get it: "
        + why.ReplaceLineEndings(" "));
}
