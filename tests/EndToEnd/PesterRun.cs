using System.Text.Json;

namespace KubeSa.EndToEnd;

/// <summary>One run of all Pester files in one pwsh.</summary>
internal static class PesterRun
{
    // What Invoke-Suite.ps1 exits with where this machine has not what it needs.
    private const int PesterMissing = 3;

    internal static async Task<IReadOnlyList<PesterResult>> AllAsync(CancellationToken stop)
    {
        var (program, first) = await PowerShellTool.FindAsync(stop);
        var results = Path.GetTempFileName();
        try
        {
            var script = Path.Combine(Checkout.Tests, "EndToEnd", "Invoke-Suite.ps1");
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
}
