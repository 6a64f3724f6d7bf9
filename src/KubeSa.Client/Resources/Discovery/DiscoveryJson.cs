using System.Text.Json;
using KubeSa.Api;
using KubeSa.Client.Json;

namespace KubeSa.Client.Resources.Discovery;

/// <summary>The two forms in which servers tell the resources of a version of a group.</summary>
internal static class DiscoveryJson
{
    /// <summary>An APIVersionDiscovery: subresources stand within their resource.</summary>
    internal static VersionResources AggregatedVersion(string group, JsonElement json, bool isPreferred)
    {
        var version = Text(json, "version") ?? string.Empty;
        var stale = Text(json, "freshness") == "Stale" ? $"The server of the group {group}/{version} did not answer the API server." : null;
        return new VersionResources(isPreferred, [.. Items(json, "resources").Where(item => Text(item, "resource") is not null).Select(Resource)], stale);

        ApiResource Resource(JsonElement item) =>
            new(group, version, Text(item, "resource")!, Text(Child(item, "responseKind"), "kind") ?? string.Empty, Text(item, "scope") == "Namespaced")
            {
                SingularName = Text(item, "singularResource") ?? string.Empty,
                ShortNames = Texts(item, "shortNames"),
                Verbs = Texts(item, "verbs"),
                Subresources = [.. Items(item, "subresources").Select(sub => Text(sub, "subresource")).OfType<string>()],
            };
    }

    /// <summary>An APIResourceList: subresources are entries of their own, with a slash in their names.</summary>
    internal static VersionResources OldVersion(string group, string version, JsonElement json, bool isPreferred)
    {
        var items = Items(json, "resources").Where(item => Text(item, "name") is not null).ToList();
        var subresources = items.Select(item => Text(item, "name")!.Split('/', 2)).Where(parts => parts.Length == 2).ToLookup(parts => parts[0], parts => parts[1]);
        return new VersionResources(isPreferred, [.. items.Where(item => !Text(item, "name")!.Contains('/', StringComparison.Ordinal)).Select(Resource)], null);

        ApiResource Resource(JsonElement item) =>
            new(group, version, Text(item, "name")!, Text(item, "kind") ?? string.Empty, Child(item, "namespaced").ValueKind == JsonValueKind.True)
            {
                SingularName = Text(item, "singularName") ?? string.Empty,
                ShortNames = Texts(item, "shortNames"),
                Verbs = Texts(item, "verbs"),
                Subresources = [.. subresources[Text(item, "name")!]],
            };
    }

    internal static JsonElement Child(JsonElement item, string field) =>
        SafeJson.Find(item, field) ?? default;

    internal static string? Text(JsonElement item, string field) => SafeJson.Text(item, field);

    internal static IEnumerable<JsonElement> Items(JsonElement item, string field) =>
        Child(item, field) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    internal static IReadOnlyList<string> Texts(JsonElement item, string field) =>
        [.. Items(item, field).Select(SafeJson.TextOf).OfType<string>()];
}
