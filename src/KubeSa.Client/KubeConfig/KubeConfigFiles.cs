using KubeSa.Api;

namespace KubeSa.Client.KubeConfig;

/// <summary>
/// Finds kubeconfig files as kubectl does
/// (https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/).
/// </summary>
internal static class KubeConfigFiles
{
    /// <summary>
    /// The files that there are: the one given, else those of the list in $KUBECONFIG, else ~/.kube/config. A file of
    /// the list that is missing is skipped; the one given must be there.
    /// </summary>
    internal static IReadOnlyList<string> Find(string? given, Func<string, string?> environment)
    {
        if (given is not null)
        {
            return Path.Exists(given)
                ? [given]
                : throw new KubeApiException(
                    FailureKind.KubeConfigInvalid, $"There is no kubeconfig file '{given}'. See whether the path is right.", given);
        }

        var list = environment("KUBECONFIG");
        return string.IsNullOrWhiteSpace(list)
            ? Usual(environment).Where(Path.Exists).ToList()
            : list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Distinct()
                .Where(Path.Exists)
                .ToList();
    }

    private static IEnumerable<string> Usual(Func<string, string?> environment)
    {
        foreach (var variable in (string[])["HOME", "USERPROFILE"])
        {
            if (environment(variable) is { Length: > 0 } home)
            {
                yield return Path.Combine(home, ".kube", "config");
                yield break;
            }
        }
    }
}
