using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Auth.Rbac;

/// <summary>One rule of a Role or ClusterRole.</summary>
internal sealed record RbacRule(
    string[] Verbs, string[] ApiGroups, string[] Resources, string[] ResourceNames, string[] NonResourceUrls)
{
    private const string All = "*";

    public static RbacRule Parse(JsonNode? rule) => new(
        Strings(rule?["verbs"]),
        Strings(rule?["apiGroups"]),
        Strings(rule?["resources"]),
        Strings(rule?["resourceNames"]),
        Strings(rule?["nonResourceURLs"]));

    public bool Allows(AccessAttributes wanted) => wanted.IsResource
        ? Has(Verbs, wanted.Verb) && Has(ApiGroups, wanted.Group) && HasResource(wanted) && HasName(wanted.Name)
        : Has(Verbs, wanted.Verb) && NonResourceUrls.Any(url => MatchesPath(url, wanted.Path));

    /// <summary>Whether everything <paramref name="other"/> allows is allowed by this rule alone.</summary>
    public bool Covers(RbacRule other) =>
        HasAll(Verbs, other.Verbs)
        && HasAll(ApiGroups, other.ApiGroups)
        && other.Resources.All(CoversResource)
        && other.NonResourceUrls.All(url => NonResourceUrls.Any(mine => mine == url || MatchesPath(mine, url)))
        && (ResourceNames.Length == 0 || (other.ResourceNames.Length > 0 && other.ResourceNames.All(ResourceNames.Contains)));

    public JsonObject ToReviewRule()
    {
        var rule = new JsonObject { ["verbs"] = Array(Verbs) };
        AddUnlessEmpty(rule, "apiGroups", ApiGroups);
        AddUnlessEmpty(rule, "resources", Resources);
        AddUnlessEmpty(rule, "resourceNames", ResourceNames);
        AddUnlessEmpty(rule, "nonResourceURLs", NonResourceUrls);
        return rule;
    }

    private static void AddUnlessEmpty(JsonObject rule, string name, string[] values)
    {
        if (values.Length > 0)
        {
            rule[name] = Array(values);
        }
    }

    private static JsonArray Array(string[] values) => [.. values.Select(value => (JsonNode)value)];

    private static string[] Strings(JsonNode? list) =>
        list is JsonArray array ? [.. array.Select(item => (string?)item ?? "")] : [];

    private static bool Has(string[] mine, string wanted) => mine.Contains(All) || mine.Contains(wanted);

    private static bool HasAll(string[] mine, string[] wanted) => mine.Contains(All) || wanted.All(mine.Contains);

    private bool HasResource(AccessAttributes wanted)
    {
        var path = wanted.Subresource.Length == 0 ? wanted.Resource : $"{wanted.Resource}/{wanted.Subresource}";
        return Has(Resources, path) || (wanted.Subresource.Length > 0 && Resources.Contains("*/" + wanted.Subresource));
    }

    private bool HasName(string name) => ResourceNames.Length == 0 || ResourceNames.Contains(name);

    private bool CoversResource(string wanted)
    {
        var slash = wanted.IndexOf('/', StringComparison.Ordinal);
        return Has(Resources, wanted) || (slash >= 0 && Resources.Contains(All + wanted[slash..]));
    }

    private static bool MatchesPath(string url, string path) =>
        url == All
        || url == path
        || (url.EndsWith('*') && path.StartsWith(url.TrimEnd('*'), StringComparison.Ordinal));
}
