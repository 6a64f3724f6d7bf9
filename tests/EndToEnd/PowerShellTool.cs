namespace KubeSa.EndToEnd;

/// <summary>A real PowerShell to run things in.</summary>
internal static class PowerShellTool
{
    /// <summary>A pwsh from PATH, else the tool that .config/dotnet-tools.json names, where the package registry has it.</summary>
    internal static async Task<(string Program, string[] FirstArguments)> FindAsync(CancellationToken stop)
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
        "PowerShell 7.4 or later is needed: there is no pwsh on PATH, and 'dotnet tool restore' could not get it: "
        + why.ReplaceLineEndings(" "));
}
