using System.Diagnostics;
using System.Text;

namespace KubeSa.Client.Config.KubeConfig;

/// <summary>
/// Kills a process with all that it has started. The tree alone is not enough: a child whose parent has ended is nobody's
/// any more, as after Ctrl+C, which a terminal sends to all of them. So each is marked by an environment variable, which
/// children inherit and Linux shows.
/// </summary>
internal static class MarkedProcesses
{
    /// <summary>The name of the variable.</summary>
    internal const string Variable = "KUBESA_PLUGIN_RUN";

    // Each round finds those that were started in the round before.
    private const int Rounds = 5;

    internal static void Kill(Process process, string mark)
    {
        End(process);
        KillAll(Variable, mark);
    }

    /// <summary>Kills all that have a variable of that value in their environment, where the system shows it: on Linux. How many those were.</summary>
    internal static int KillAll(string variable, string value)
    {
        // A value ends at a NUL, and must not be the beginning of another.
        var entry = Encoding.UTF8.GetBytes($"{variable}={value}\0");
        var all = new HashSet<int>();
        for (var round = 0; round < Rounds && OperatingSystem.IsLinux(); round++)
        {
            var left = Find(entry).ToList();
            if (left.Count == 0)
            {
                break;
            }

            all.UnionWith(left);
            left.ForEach(EndById);
        }

        return all.Count;
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception failure) when (failure is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // It has ended meanwhile, or a part of it is not ours to end.
        }
    }

    private static void EndById(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            End(process);
        }
        catch (ArgumentException)
        {
            // It has ended meanwhile.
        }
    }

    private static IEnumerable<int> Find(byte[] entry)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), out var id) && id != Environment.ProcessId && Has(folder, entry))
            {
                yield return id;
            }
        }
    }

    private static bool Has(string folder, byte[] entry)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(entry) >= 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Somebody else's, or ended meanwhile.
            return false;
        }
    }
}
