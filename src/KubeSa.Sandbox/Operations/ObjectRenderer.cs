using System.Text.Json.Nodes;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Tables;

namespace KubeSa.Sandbox.Operations;

/// <summary>Objects in the form the client asked for: as they are, as rows of a table, or their metadata alone.</summary>
internal sealed class ObjectRenderer
{
    private readonly ApiRequest _request;
    private readonly ResourceType _type;
    private readonly string _includeObject;

    private ObjectRenderer(ApiRequest request, ResourceType type, ContentNegotiation accepted)
    {
        _request = request;
        _type = type;
        Accepted = accepted;
        _includeObject = request.Info.Parameter("includeObject");
    }

    public ContentNegotiation Accepted { get; }
    public bool IsPlain => Accepted.Transform == Transform.None;

    /// <summary>Throws 406 when the client takes nothing the server has.</summary>
    public static ObjectRenderer Of(ApiRequest request, ResourceType type)
    {
        var accepted = ContentNegotiation.Of(request.Http.Request);
        if (accepted.IsSpoken)
        {
            return new ObjectRenderer(request, type, accepted);
        }

        var streams = request.Info.Verb == "list" ? ", application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch" : "";
        var available = request.State.ServerVersion.IsLegacy
            ? ""
            : $"\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf{streams}";
        throw new ApiError(406, "NotAcceptable", $"406: Not Acceptable{available}", []);
    }

    /// <summary>One object, kind and apiVersion included.</summary>
    public JsonObject Single(JsonObject obj)
    {
        if (Accepted.Transform == Transform.Table)
        {
            return Table([obj], new JsonObject { ["resourceVersion"] = obj.Text("metadata", "resourceVersion") }, withColumns: true);
        }

        return Accepted.Transform == Transform.PartialMetadata ? Partial(obj) : obj;
    }

    /// <summary>A list that is not plain: a table or metadata.</summary>
    public JsonObject List(IEnumerable<JsonObject> items, JsonObject metadata)
    {
        if (Accepted.Transform == Transform.Table)
        {
            return Table(items, metadata, withColumns: true);
        }

        if (_request.State.ServerVersion.IsLegacy)
        {
            // 1.20 forgets the number when it cuts a list down to its metadata.
            metadata.Remove("remainingItemCount");
        }

        return new JsonObject
        {
            ["kind"] = "PartialObjectMetadataList",
            ["apiVersion"] = $"meta.k8s.io/{Accepted.TransformVersion}",
            ["metadata"] = metadata,
            ["items"] = new JsonArray([.. items.Select(Partial)]),
        };
    }

    /// <summary>Rows, with the definitions of their columns; in a watch those come only once.</summary>
    public JsonObject Table(IEnumerable<JsonObject> items, JsonObject metadata, bool withColumns)
    {
        var columns = Columns.Of(_type, _request.State.ServerVersion);
        var now = _request.State.Time.GetUtcNow();
        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = $"meta.k8s.io/{Accepted.TransformVersion}",
            ["metadata"] = metadata,
            ["columnDefinitions"] = withColumns ? new JsonArray([.. columns.Select(c => c.Definition())]) : null,
            ["rows"] = new JsonArray([.. items.Select(i => Row(i, columns, now))]),
        };
    }

    private JsonObject Row(JsonObject item, IReadOnlyList<Column> columns, DateTimeOffset now)
    {
        var cell = new CellContext(item, now);
        return new JsonObject
        {
            ["cells"] = new JsonArray([.. columns.Select(c => c.Cell(cell))]),
            ["object"] = _includeObject switch
            {
                "None" => null,
                "Object" => WithKind(item),
                _ => Partial(item),
            },
        };
    }

    private JsonObject WithKind(JsonObject item)
    {
        var whole = new JsonObject { ["kind"] = _type.Kind, ["apiVersion"] = _type.ApiVersion };
        foreach (var (name, value) in item.Where(m => m.Key is not ("kind" or "apiVersion")))
        {
            whole[name] = value?.DeepClone();
        }

        return whole;
    }

    private JsonObject Partial(JsonObject item) => new()
    {
        ["kind"] = "PartialObjectMetadata",
        ["apiVersion"] = $"meta.k8s.io/{Accepted.TransformVersion}",
        ["metadata"] = item["metadata"]!.DeepClone(),
    };
}
