namespace KubeSa.Api;

/// <summary>
/// Where kubeconfig files are looked for, as kubectl does it
/// (https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/).
/// </summary>
public static class KubeConfigPaths
{
    /// <summary>
    /// The file given, else those of the list in $KUBECONFIG, else ~/.kube/config; whether they are there is not looked at.
    /// Full paths: relative ones start from the working directory.
    /// </summary>
    /// <param name="given">The file that the user named; null for none.</param>
    /// <param name="workingDirectory">Where the user stands; null for the folder of the process.</param>
    /// <param name="environment">The environment.</param>
    public static IReadOnlyList<string> Of(string? given, string? workingDirectory, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var start = workingDirectory ?? Environment.CurrentDirectory;
        return [.. Named(given, environment).Select(Full).Distinct()];

        // A NUL is in no file's name, and the library throws at it.
        string Full(string path) => path.Contains('\0', StringComparison.Ordinal) ? path : Path.GetFullPath(path, start);
    }

    private static IEnumerable<string> Named(string? given, Func<string, string?> environment)
    {
        if (given is not null)
        {
            return [given];
        }

        var list = environment("KUBECONFIG");
        return string.IsNullOrWhiteSpace(list)
            ? Usual(environment)
            : list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>
    /// The folder that holds .kube/config: HOME; on Windows, as kubectl has it, the first of HOME, HOMEDRIVE with HOMEPATH, and
    /// USERPROFILE that has such a file, else the first of HOME, USERPROFILE, and HOMEDRIVE with HOMEPATH that is set.
    /// </summary>
    internal static string? Home(Func<string, string?> environment, bool isWindows, Func<string, bool> exists)
    {
        var home = environment("HOME");
        if (!isWindows)
        {
            return string.IsNullOrEmpty(home) ? null : home;
        }

        var (drive, path, profile) = (environment("HOMEDRIVE"), environment("HOMEPATH"), environment("USERPROFILE"));
        var both = string.IsNullOrEmpty(drive) || string.IsNullOrEmpty(path) ? null : drive + path;
        string?[] withConfig = [home, both, profile];
        string?[] set = [home, profile, both];
        return withConfig.FirstOrDefault(folder => !string.IsNullOrEmpty(folder) && exists(Path.Combine(folder, ".kube", "config")))
            ?? set.FirstOrDefault(folder => !string.IsNullOrEmpty(folder));
    }

    private static IEnumerable<string> Usual(Func<string, string?> environment) =>
        Home(environment, OperatingSystem.IsWindows(), File.Exists) is { } home ? [Path.Combine(home, ".kube", "config")] : [];
}
