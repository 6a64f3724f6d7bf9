using KubeSa.Api;

namespace KubeSa.Connections;

/// <summary>Finds the dotnet host: pwsh may bring a runtime of its own, which has no ASP.NET Core.</summary>
internal static class DotnetHost
{
    internal static string Find()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        return Folders().Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new KubeApiException(
                FailureKind.SandboxFailed,
                "The sandbox needs the ASP.NET Core runtime, version 8 or later, and no 'dotnet' was found on PATH or in "
                + "DOTNET_ROOT. Install it (package aspnetcore-runtime, or any .NET SDK) from https://dotnet.microsoft.com/download.",
                "dotnet");
    }

    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root)
        {
            yield return root;
        }

        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator))
        {
            if (folder.Length > 0)
            {
                yield return folder;
            }
        }

        // Where the installers of the three platforms put it.
        yield return "/usr/share/dotnet";
        yield return "/usr/lib/dotnet";
        yield return "/usr/local/share/dotnet";
        yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "dotnet");
    }
}
