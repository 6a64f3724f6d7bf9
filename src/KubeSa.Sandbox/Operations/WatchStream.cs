using System.Text.Json.Nodes;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Operations;

/// <summary>The answer of a watch: a line of JSON for each event.</summary>
internal sealed class WatchStream(ApiRequest request, ResourceType type, ObjectRenderer renderer, long revision)
{
    private readonly HttpResponse _response = request.Http.Response;
    private bool _columnsWereSent;

    /// <summary>The latest version the client knows when it has read all lines.</summary>
    public long LastRevision { get; set; } = revision;

    public async Task StartAsync()
    {
        _response.StatusCode = 200;
        _response.ContentType = "application/json";
        await _response.StartAsync(request.Http.RequestAborted);
        await FlushAsync();
    }

    public Task FlushAsync() => _response.Body.FlushAsync(request.Http.RequestAborted);

    /// <summary>An object; the version may be that of a change which is not the object's own, as of a deletion.</summary>
    public Task WriteAsync(string eventType, StoredObject item, long? version = null)
    {
        var obj = item.Object(type);
        if (version is not null)
        {
            obj["metadata"]!["resourceVersion"] = version.ToString();
        }

        return LineAsync(eventType, Present(obj));
    }

    public Task ErrorAsync(ApiError error) => LineAsync("ERROR", error.ToStatus());

    public Task BookmarkAsync(long version, bool isEndOfInitial)
    {
        var metadata = new JsonObject { ["resourceVersion"] = version.ToString() };
        if (request.State.ServerVersion.IsLegacy)
        {
            metadata["creationTimestamp"] = null;
        }

        if (isEndOfInitial)
        {
            metadata["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        }

        return LineAsync("BOOKMARK", new JsonObject { ["kind"] = type.Kind, ["apiVersion"] = type.ApiVersion, ["metadata"] = metadata });
    }

    private JsonObject Present(JsonObject obj)
    {
        if (renderer.Accepted.Transform != Transform.Table)
        {
            return renderer.Single(obj);
        }

        var withColumns = !_columnsWereSent;
        _columnsWereSent = true;
        return renderer.Table([obj], new JsonObject { ["resourceVersion"] = obj.Text("metadata", "resourceVersion") }, withColumns);
    }

    private async Task LineAsync(string eventType, JsonObject obj)
    {
        byte[] line = [.. Json.ToUtf8(new JsonObject { ["type"] = eventType, ["object"] = obj }), (byte)'\n'];
        await _response.Body.WriteAsync(line, request.Http.RequestAborted);
    }
}
