using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace KubeSa.Connections;

/// <summary>
/// Where a user stands in the file system, which relative paths start from: PowerShell's location, which is each runspace's
/// own. The process's folder is another one.
/// </summary>
internal static class RunspaceLocation
{
    private static readonly ConditionalWeakTable<Runspace, PathIntrinsics> Known = [];

    /// <summary>
    /// The location of the runspace that this thread runs, that of its file system drive where it stands on another one (cd
    /// env:); null where there is none.
    /// </summary>
    internal static string? Here => Ask(paths => paths.CurrentFileSystemLocation.ProviderPath);

    /// <summary>A path as the user means it; null where it is none.</summary>
    internal static string? Resolve(string path) => Ask(paths => paths.GetUnresolvedProviderPathFromPSPath(path));

    /// <summary>Keeps what only cmdlets are told without asking.</summary>
    internal static void Remember(PathIntrinsics paths)
    {
        if (Runspace.DefaultRunspace is { } here)
        {
            Known.AddOrUpdate(here, paths);
        }
    }

    private static string? Ask(Func<PathIntrinsics, string> question)
    {
        try
        {
            return Runspace.DefaultRunspace is { } here && Known.GetValue(here, static _ => AskTheEngine()) is { } paths ? question(paths) : null;
        }
        catch (Exception failure) when (failure is RuntimeException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            // A runspace without a file system.
            return null;
        }
    }

    // For Tab before any cmdlet has run.
    private static PathIntrinsics AskTheEngine() =>
        (PathIntrinsics)ScriptBlock.Create("$ExecutionContext.SessionState.Path").Invoke()[0].BaseObject;
}
