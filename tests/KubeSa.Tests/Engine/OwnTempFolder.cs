using System.Runtime.CompilerServices;
using KubeSa.Tests.Engine;
using Xunit;

[assembly: AssemblyFixture(typeof(OwnTempFolder))]

namespace KubeSa.Tests.Engine;

/// <summary>
/// A folder for temporary files of this run's own, for the programs that it starts, too: what is left in it at the end was left
/// by a test, or by what it tests, and may hold credentials. That is an error of the run.
/// </summary>
public sealed class OwnTempFolder : IDisposable
{
    // Sockets of runtimes that were killed, which the next run of the framework removes; and what its tools keep for themselves.
    private static readonly string[] OfTheFramework = ["clr-debug-pipe-", "dotnet-diagnostic-", "CoreFxPipe_", "MSBuildTemp", "NuGetScratch", ".NET", ".dotnet"];

    private static string _folder = string.Empty;

    /// <summary>Before the first test, and whatever starts it.</summary>
    [ModuleInitializer]
    internal static void Begin()
    {
        _folder = Directory.CreateTempSubdirectory("kubesa-suite-").FullName;
        string[] variables = OperatingSystem.IsWindows() ? ["TMP", "TEMP"] : ["TMPDIR"];
        foreach (var variable in variables)
        {
            Environment.SetEnvironmentVariable(variable, _folder);
        }
    }

    /// <summary>At the end of the run.</summary>
    public void Dispose()
    {
        var left = Left(_folder);
        Directory.Delete(_folder, recursive: true);
        if (left.Length > 0)
        {
            throw new InvalidOperationException($"The tests leave {left.Length} files or folders in the folder for temporary files: {string.Join(", ", left.Take(20))}");
        }
    }

    /// <summary>What is there and should not be.</summary>
    internal static string[] Left(string folder) =>
    [
        .. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path))
            .Where(name => !OfTheFramework.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))).Order(StringComparer.Ordinal),
    ];
}
