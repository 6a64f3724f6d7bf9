using System.Text.RegularExpressions;

namespace KubeSa.Analysis.Use;

/// <summary>
/// What a pod belongs to, by the name that its controller gave it. A log names pods alone, and those of the past are in no
/// cluster any more, so the name is all there is to go by.
/// </summary>
internal static partial class PodOwner
{
    // What the API server makes random ends of: no vowels, and nothing that looks like one.
    private const string Random = "[bcdfghjklmnpqrstvwxz2456789]";

    /// <summary>The name of the Deployment, StatefulSet, DaemonSet, Job or CronJob; the pod's own where it stands alone.</summary>
    internal static string Of(string pod)
    {
        var found = OfDeployment().Match(pod);
        found = found.Success ? found : OfCronJob().Match(pod);
        found = found.Success ? found : OfIndexedJob().Match(pod);
        found = found.Success ? found : OfSet().Match(pod);
        return found.Success ? found.Groups["owner"].Value : pod;
    }

    [GeneratedRegex($"^(?<owner>.+)-{Random}{{6,10}}-{Random}{{5}}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OfDeployment();

    [GeneratedRegex($"^(?<owner>.+)-[0-9]{{8,10}}(?:-[0-9]+)?-{Random}{{5}}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OfCronJob();

    [GeneratedRegex($"^(?<owner>.+)-[0-9]+-{Random}{{5}}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OfIndexedJob();

    [GeneratedRegex($"^(?<owner>.+)-(?:[0-9]+|{Random}{{5}})$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OfSet();
}
