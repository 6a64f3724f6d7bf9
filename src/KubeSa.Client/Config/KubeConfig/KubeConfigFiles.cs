using KubeSa.Api;

namespace KubeSa.Client.Config.KubeConfig;

/// <summary>Finds the kubeconfig files that there are.</summary>
internal static class KubeConfigFiles
{
    /// <summary>A file of a list that is missing is skipped; the one given must be there.</summary>
    internal static IReadOnlyList<string> Find(string? given, string? workingDirectory, Func<string, string?> environment)
    {
        var files = KubeConfigPaths.Of(given, workingDirectory, environment);
        return given is null || files.All(Path.Exists)
            ? [.. files.Where(Path.Exists)]
            : throw new KubeApiException(
                FailureKind.KubeConfigInvalid, $"There is no kubeconfig file '{given}'. See whether the path is right.", given);
    }
}
