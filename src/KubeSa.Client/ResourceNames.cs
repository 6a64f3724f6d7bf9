using System.Collections.Concurrent;
using System.Text.Json;
using KubeSa.Api;

namespace KubeSa.Client;

/// <summary>
/// The resources of a server, by the names that people use for them (discovery,
/// https://kubernetes.io/docs/concepts/overview/kubernetes-api/). What was fetched once is kept as long as the
/// connection.
/// </summary>
internal sealed class ResourceNames
{
    private readonly ConcurrentDictionary<string, Task<JsonElement>> _fetched = new();

    /// <summary>Looks in the core group first, as kubectl does, and then in the others in the order of the server.</summary>
    internal async Task<ApiResource?> FindAsync(string name, string? group, Func<string, Task<JsonElement>> fetch)
    {
        if (group is null or "" && await InVersionAsync(name, string.Empty, "api/v1", fetch).ConfigureAwait(false) is { } core)
        {
            return core;
        }

        if (group is "")
        {
            return null;
        }

        var groups = (await GroupsAsync(fetch).ConfigureAwait(false)).Where(item => group is null || item.Name == group);
        foreach (var item in groups)
        {
            if (await InVersionAsync(name, item.Name, item.Path, fetch).ConfigureAwait(false) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>All of them, of each group in its preferred version, without subresources.</summary>
    internal async Task<IReadOnlyList<ApiResource>> ListAsync(Func<string, Task<JsonElement>> fetch)
    {
        var groups = await GroupsAsync(fetch).ConfigureAwait(false);
        var lists = await Task.WhenAll(groups.Prepend((Name: string.Empty, Path: "api/v1"))
            .Select(group => ListAsync(group.Name, group.Path, fetch))).ConfigureAwait(false);
        return lists.SelectMany(list => list).ToList();
    }

    private async Task<IEnumerable<ApiResource>> ListAsync(string group, string path, Func<string, Task<JsonElement>> fetch)
    {
        try
        {
            return Items(await FetchAsync(path, fetch).ConfigureAwait(false), "resources")
                .Where(item => Text(item, "name")?.Contains('/', StringComparison.Ordinal) == false)
                .Select(item => ToModel(group, item));
        }
        catch (KubeApiException)
        {
            // Behind a group may be a server of its own, whose absence hides no other group.
            return [];
        }
    }

    private async Task<List<(string Name, string Path)>> GroupsAsync(Func<string, Task<JsonElement>> fetch) =>
        Items(await FetchAsync("apis", fetch).ConfigureAwait(false), "groups")
            .Select(item => (Name: Text(item, "name"), Version: PreferredVersion(item)))
            .Where(item => item is { Name: not null, Version: not null })
            .Select(item => (item.Name!, $"apis/{item.Version}"))
            .ToList();

    private async Task<ApiResource?> InVersionAsync(string name, string group, string path, Func<string, Task<JsonElement>> fetch)
    {
        var resources = Items(await FetchAsync(path, fetch).ConfigureAwait(false), "resources").ToList();
        var found = resources.Where(item => IsCalled(item, name)).Select(item => (JsonElement?)item).FirstOrDefault();
        return found is { } resource ? ToModel(group, resource) : null;
    }

    private static ApiResource ToModel(string group, JsonElement resource) =>
        new(group, Text(resource, "name")!, resource.TryGetProperty("namespaced", out var scoped) && scoped.ValueKind == JsonValueKind.True);

    private async Task<JsonElement> FetchAsync(string path, Func<string, Task<JsonElement>> fetch)
    {
        var task = _fetched.GetOrAdd(path, fetch);
        try
        {
            return await task.ConfigureAwait(false);
        }
        catch
        {
            // What failed is asked for again the next time.
            _fetched.TryRemove(KeyValuePair.Create(path, task));
            throw;
        }
    }

    private static bool IsCalled(JsonElement resource, string name) =>
        Text(resource, "name") is { } plural
        && !plural.Contains('/', StringComparison.Ordinal)
        && (Same(plural, name)
            || Same(Text(resource, "singularName"), name)
            || Same(Text(resource, "kind"), name)
            || Items(resource, "shortNames").Any(item => item.ValueKind == JsonValueKind.String && Same(item.GetString(), name)));

    private static bool Same(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static string? PreferredVersion(JsonElement group) =>
        group.TryGetProperty("preferredVersion", out var preferred) ? Text(preferred, "groupVersion") : null;

    private static string? Text(JsonElement item, string field) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(field, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static IEnumerable<JsonElement> Items(JsonElement item, string field) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(field, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];
}
