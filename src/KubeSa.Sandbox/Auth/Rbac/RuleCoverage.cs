namespace KubeSa.Sandbox.Auth.Rbac;

/// <summary>Finds what one set of rules allows and another does not, told as the API server tells it.</summary>
internal static class RuleCoverage
{
    /// <summary>A line for each right in <paramref name="wanted"/> that is missing from <paramref name="held"/>, sorted.</summary>
    public static IReadOnlyList<string> Missing(IReadOnlyCollection<RbacRule> held, IEnumerable<RbacRule> wanted)
    {
        var missing = wanted.SelectMany(Split).Where(right => !held.Any(rule => rule.Covers(right)));
        return [.. Compact(missing).Select(Describe).Distinct().Order(StringComparer.Ordinal)];
    }

    // One verb on one resource of one group at a time: that much may be covered by different rules.
    private static IEnumerable<RbacRule> Split(RbacRule rule)
    {
        foreach (var (group, resource, verb) in
            from g in rule.ApiGroups from r in rule.Resources from v in rule.Verbs select (g, r, v))
        {
            var right = new RbacRule([verb], [group], [resource], [], []);
            if (rule.ResourceNames.Length == 0)
            {
                yield return right;
            }

            foreach (var name in rule.ResourceNames)
            {
                yield return right with { ResourceNames = [name] };
            }
        }

        foreach (var (url, verb) in from u in rule.NonResourceUrls from v in rule.Verbs select (u, v))
        {
            yield return new RbacRule([verb], [], [], [], [url]);
        }
    }

    private static IEnumerable<RbacRule> Compact(IEnumerable<RbacRule> rights) => rights
        .GroupBy(right => (
            Group: right.ApiGroups.FirstOrDefault(),
            Resource: right.Resources.FirstOrDefault(),
            Name: right.ResourceNames.FirstOrDefault(),
            // Rights to paths are never drawn together.
            Path: right.NonResourceUrls.Length > 0 ? right.NonResourceUrls[0] + right.Verbs[0] : null))
        .Select(same => same.First() with { Verbs = [.. same.SelectMany(right => right.Verbs)] });

    private static string Describe(RbacRule rule)
    {
        var parts = new List<string>();
        Add(parts, "APIGroups", rule.ApiGroups);
        Add(parts, "Resources", rule.Resources);
        Add(parts, "NonResourceURLs", rule.NonResourceUrls);
        Add(parts, "ResourceNames", rule.ResourceNames);
        Add(parts, "Verbs", rule.Verbs);
        return "{" + string.Join(", ", parts) + "}";
    }

    private static void Add(List<string> parts, string name, string[] values)
    {
        if (values.Length > 0)
        {
            parts.Add($"{name}:{GoFormat.Quote(values)}");
        }
    }
}
