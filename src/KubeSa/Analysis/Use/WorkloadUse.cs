namespace KubeSa.Analysis.Use;

/// <summary>What each workload of an account uses, and with several of them, how they could be split.</summary>
internal static class WorkloadUse
{
    internal static IEnumerable<string> Of(string ns, string name, IReadOnlyList<UsedRequest> uses)
    {
        var workloads = uses.SelectMany(use => use.Stats.Workloads.Texts).Distinct().Order(StringComparer.Ordinal).ToList();
        foreach (var workload in workloads)
        {
            var rights = uses.Where(use => use.Stats.Workloads.Texts.Contains(workload)).Select(use => UseList.Row(use.Kind, use.Name, use.Stats).Right).Distinct().Order(StringComparer.Ordinal);
            yield return $"{workload} uses {string.Join("; ", rights)}"
                + (workloads.Count == 1 ? string.Empty : $". As an account of its own: {ns}/{name}-{workload}");
        }

        var unknown = uses.Count(use => use.Stats.Workloads.Texts.Count == 0);
        if (unknown > 0 && workloads.Count > 0)
        {
            yield return $"(no pod) uses {unknown} rights with tokens that are bound to no pod";
        }
    }
}
