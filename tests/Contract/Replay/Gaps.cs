namespace KubeSa.Contract.Replay;

/// <summary>The recordings the sandbox does not claim to answer, and why. Nothing else may differ.</summary>
internal static class Gaps
{
    private const string Groups = "groups the sandbox has nothing of are not listed; DiscoveryTests hold the others against the recording";
    private const string Paths = "paths the sandbox does not serve are not listed; DiscoveryTests hold the others against the recording";
    private const string Readiness = "the distribution of the recorded server leaves the checks of etcd out of its readiness; Kubernetes itself has them";

    private const string GoStructs = "the message holds a dump of the server's internal Go structures; the sandbox says the rest of it";
    private const string StoreReadiness = "the distribution of the recorded server leaves its store out of its readiness; Kubernetes itself answers 500";

    /// <summary>Version and name of the recording, and the reason.</summary>
    public static IReadOnlyDictionary<(string Version, string Name), string> All { get; } = new Dictionary<(string, string), string>
    {
        [("1.20", "02-02-apis")] = Groups,
        [("1.20", "02-05-apis-aggregated")] = Groups,
        [("1.36", "02-02-apis")] = Groups,
        [("1.20", "02-20-root-paths")] = Paths,
        [("1.20", "17-12-pod-patch-account")] = GoStructs,
        [("1.20", "17-30-job-patch-account")] = GoStructs,
        [("1.36", "02-20-root-paths")] = Paths,
        [("1.36", "03-03-readyz-verbose")] = Readiness,
        [("1.36", "03-06-readyz-etcd")] = Readiness,
        [("1.36", "03-07-readyz-exclude")] = Readiness,
        [("1.36", "17-12-pod-patch-account")] = GoStructs,
        [("1.36", "17-30-job-patch-account")] = GoStructs,
        [("1.36", "22-04-store-down-readyz")] = StoreReadiness,
    };
}
