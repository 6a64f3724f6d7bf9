using System.Text.Json;
using KubeSa.Api;

namespace KubeSa.Client.Resources.Discovery;

/// <summary>Asks for a path of the server, without a slash before it, as one of the media types.</summary>
internal delegate Task<JsonElement> DiscoveryFetch(string path, string accept);

/// <summary>
/// Reads all that a server tells of its resources: in two answers where it knows the aggregated form (since 1.26), else in
/// one for each version of each group.
/// </summary>
internal static class DiscoveryReader
{
    /// <summary>The aggregated form in both its versions, and the old one for servers that know neither.</summary>
    internal const string Accept =
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
        + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

    private const string Json = "application/json";

    internal static async Task<ResourceCatalog> ReadAsync(DiscoveryFetch fetch)
    {
        var core = fetch("api", Accept);
        var others = fetch("apis", Accept);
        var answers = await Task.WhenAll(core, others).ConfigureAwait(false);
        var versions = await Task.WhenAll(answers.SelectMany(answer => IsAggregated(answer) ? Aggregated(answer) : Old(answer, fetch))).ConfigureAwait(false);
        var problems = versions.Select(version => version.Problem).OfType<string>().ToList();
        return new ResourceCatalog(
            [.. versions.Where(version => version.IsPreferred).SelectMany(version => version.Resources)],
            [.. versions.Where(version => !version.IsPreferred).SelectMany(version => version.Resources)],
            problems.Count == 0 ? null : string.Join(" ", problems));
    }

    private static bool IsAggregated(JsonElement answer) => DiscoveryJson.Text(answer, "kind") == "APIGroupDiscoveryList";

    /// <summary>The first version of a group is the one that it prefers.</summary>
    private static IEnumerable<Task<VersionResources>> Aggregated(JsonElement answer) =>
        from item in DiscoveryJson.Items(answer, "items")
        let name = DiscoveryJson.Text(DiscoveryJson.Child(item, "metadata"), "name") ?? string.Empty
        from version in DiscoveryJson.Items(item, "versions").Select((json, index) => (Json: json, IsFirst: index == 0))
        select Task.FromResult(DiscoveryJson.AggregatedVersion(name, version.Json, version.IsFirst));

    /// <summary>An answer of another kind does not mean that there is nothing.</summary>
    private static IEnumerable<Task<VersionResources>> Old(JsonElement answer, DiscoveryFetch fetch) => DiscoveryJson.Text(answer, "kind") switch
    {
        "APIVersions" => DiscoveryJson.Texts(answer, "versions").Select((version, index) => OldVersionAsync(string.Empty, version, index == 0, fetch)),
        "APIGroupList" => OldGroups(answer, fetch),
        var kind => throw new KubeApiException(FailureKind.ProtocolError, $"The list of API groups is not one, but a {kind ?? "text without a kind"}."),
    };

    private static IEnumerable<Task<VersionResources>> OldGroups(JsonElement answer, DiscoveryFetch fetch) =>
        from item in DiscoveryJson.Items(answer, "groups")
        let name = DiscoveryJson.Text(item, "name") ?? string.Empty
        let preferred = DiscoveryJson.Text(DiscoveryJson.Child(item, "preferredVersion"), "version")
        from version in DiscoveryJson.Items(item, "versions").Select(version => DiscoveryJson.Text(version, "version")).OfType<string>()
        select OldVersionAsync(name, version, version == preferred, fetch);

    private static async Task<VersionResources> OldVersionAsync(string group, string version, bool isPreferred, DiscoveryFetch fetch)
    {
        var path = group.Length == 0 ? $"api/{version}" : $"apis/{group}/{version}";
        try
        {
            var answer = await fetch(path, Json).ConfigureAwait(false);
            return DiscoveryJson.Text(answer, "kind") == "APIResourceList"
                ? DiscoveryJson.OldVersion(group, version, answer, isPreferred)
                : new VersionResources(isPreferred, [], $"What /{path} answers is not a list of resources.");
        }
        catch (KubeApiException failure)
        {
            // Behind a group may be a server of its own, whose absence hides no other group.
            return new VersionResources(isPreferred, [], $"What /{path} has could not be read: {failure.Message}");
        }
    }
}

/// <summary>The resources of one version of a group, or why they could not be read.</summary>
internal sealed record VersionResources(bool IsPreferred, IReadOnlyList<ApiResource> Resources, string? Problem);
