using System.Globalization;
using KubeSa.Api;

namespace KubeSa.Connections;

/// <summary>Finds the dotnet host: pwsh may bring a runtime of its own, which has no ASP.NET Core.</summary>
internal static class DotnetHost
{
    private const int Oldest = 8;
    private static readonly string Name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    internal static string Find() => Find(Folders())
        ?? throw new KubeApiException(
            FailureKind.SandboxFailed,
            "The sandbox needs the ASP.NET Core runtime, version 8 or later, and no 'dotnet' was found on PATH or in "
            + "DOTNET_ROOT. Install it (package aspnetcore-runtime, or any .NET SDK) from https://dotnet.microsoft.com/download.",
            "dotnet");

    /// <summary>
    /// The first of these folders' dotnet that has ASP.NET Core; else the first of which that cannot be seen, such as a script that
    /// starts another; else the first, which then says itself what it lacks. Null where no folder has one.
    /// </summary>
    internal static string? Find(IEnumerable<string> folders) =>
        folders.Select(folder => Path.Combine(folder, Name)).Where(File.Exists).OrderBy(Rank).FirstOrDefault();

    private static int Rank(string host)
    {
        // The packages of Linux put a link into /usr/bin; the runtimes lie where it leads.
        var real = new FileInfo(host).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? host;
        var shared = Path.Combine(Path.GetDirectoryName(real)!, "shared");
        if (!Directory.Exists(shared))
        {
            return 1;
        }

        var runtimes = new DirectoryInfo(Path.Combine(shared, "Microsoft.AspNetCore.App"));
        return runtimes.Exists && runtimes.EnumerateDirectories().Any(version => Major(version.Name) >= Oldest) ? 0 : 2;
    }

    private static int Major(string version) =>
        int.TryParse(version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : 0;

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
