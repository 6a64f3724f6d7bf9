using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Selectors;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Operations;

/// <summary>GET of a collection: selected, in pages that belong to one version, in the form asked for.</summary>
internal static class ListOperation
{
    private const string TooOld =
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or " +
        "use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent " +
        "list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";

    public static Task RunAsync(ApiRequest request, ResourceType type)
    {
        var renderer = ObjectRenderer.Of(request, type);
        var selection = Selection.Of(request, type);
        var parameters = ListParameters.Of(request);
        var page = PageOf(request, type, selection, parameters);
        if (renderer.IsPlain && !renderer.Accepted.IsYaml && !renderer.Accepted.IsPretty)
        {
            return ResponseWriter.BytesAsync(request.Http, 200, "application/json", Concatenate(type, page));
        }

        var list = renderer.IsPlain
            ? PlainList(type, page.Items, page.Metadata)
            : renderer.List(page.Items.Select(i => i.Content()), page.Metadata);
        return ResponseWriter.JsonAsync(request.Http, 200, list);
    }

    /// <summary>A list object of whole items.</summary>
    public static JsonObject PlainList(ResourceType type, IEnumerable<StoredObject> items, JsonObject metadata) => new()
    {
        ["kind"] = type.Kind + "List",
        ["apiVersion"] = type.ApiVersion,
        ["metadata"] = metadata,
        ["items"] = new JsonArray([.. items.Select(i => i.Content())]),
    };

    private static Page PageOf(ApiRequest request, ResourceType type, Selection selection, ListParameters parameters)
    {
        var ns = request.Info.Namespace;
        var snapshot = SnapshotFor(request.State.Store, type, parameters);
        var after = parameters.Continue is { } token ? StoredObject.KeyOf(ns, token.AfterKey) : null;
        var items = new List<StoredObject>();
        var last = (StoredObject?)null;
        var hasMore = false;
        foreach (var item in snapshot.From(ns, after))
        {
            if (parameters.Limit > 0 && items.Count == parameters.Limit)
            {
                hasMore = true;
                break;
            }

            last = item;
            if (selection.Matches(item))
            {
                items.Add(item);
            }
        }

        // The cache of 1.20, which answers for version 0, knows of its own resource alone.
        var revision = request.State.ServerVersion.IsLegacy && parameters.Version == 0 ? snapshot.LastChange : snapshot.Revision;
        var metadata = new JsonObject { ["resourceVersion"] = revision.ToString() };
        if (hasMore)
        {
            metadata["continue"] = ContinueToken.Write(snapshot.Revision, last!.Key, ns, slash: !request.State.ServerVersion.IsLegacy);
            if (selection.IsEmpty)
            {
                metadata["remainingItemCount"] = snapshot.CountBehind(ns, last.Key);
            }
        }

        return new Page(items, metadata);
    }

    private static ResourceSnapshot SnapshotFor(ResourceStore store, ResourceType type, ListParameters parameters)
    {
        var current = store.Snapshot(type);
        if (parameters.Continue is { Version: >= 0 } token)
        {
            return store.SnapshotAt(type, token.Version) ?? throw Expired(token);
        }

        if (parameters.Version is { } version && version > current.Revision)
        {
            throw ResourceVersions.TooLarge(version, current.Revision);
        }

        if (parameters is { Version: { } exact, VersionMatch: "Exact" })
        {
            return store.SnapshotAt(type, exact) ?? throw new ApiError(410, "Expired", "The resourceVersion for the provided list is too old.");
        }

        return current;
    }

    /// <summary>The 410 for a token whose version is gone; it carries a token for what is there now.</summary>
    internal static ApiError Expired(ContinueToken token) =>
        new(410, "Expired", TooOld) { Continue = ContinueToken.Write(-1, token.AfterKey, "", slash: false) };

    // The items are bytes already: a page of a thousand is put together, not written.
    private static ReadOnlyMemory<byte> Concatenate(ResourceType type, Page page)
    {
        var buffer = new ArrayBufferWriter<byte>(256 + page.Items.Sum(i => i.Utf8.Length + 1));
        buffer.Write(Encoding.UTF8.GetBytes($"{{\"kind\":\"{type.Kind}List\",\"apiVersion\":\"{type.ApiVersion}\",\"metadata\":"));
        buffer.Write(Json.ToUtf8(page.Metadata));
        buffer.Write(",\"items\":["u8);
        for (var i = 0; i < page.Items.Count; i++)
        {
            if (i > 0)
            {
                buffer.Write(","u8);
            }

            buffer.Write(page.Items[i].Utf8.Span);
        }

        buffer.Write("]}\n"u8);
        return buffer.WrittenMemory;
    }

    private sealed record Page(IReadOnlyList<StoredObject> Items, JsonObject Metadata);
}
