using System.Text.Json.Nodes;
using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Discovery.OpenApi;

/// <summary>
/// As much of the server's OpenAPI documents as kubectl needs to create and apply: which resources can be patched with which parameters.
/// There are no schemas, so kubectl goes by the types it was built with, and has nothing to explain.
/// </summary>
internal sealed class OpenApiDocuments(ResourceTypes types, ServerVersion serverVersion)
{
    /// <summary>/openapi/v3: where the document of each group and version is.</summary>
    public JsonObject Versions()
    {
        var paths = new JsonObject();
        foreach (var (group, version) in types.All.Select(t => (t.Group, t.Version)).Distinct())
        {
            var path = group.Length == 0 ? $"api/{version}" : $"apis/{group}/{version}";
            paths[path] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{path}" };
        }

        return new JsonObject { ["paths"] = paths };
    }

    /// <summary>OpenAPI 3.0 of one group and version; null where there is none such.</summary>
    public JsonObject? OfVersion(string group, string version)
    {
        var resources = types.In(group, version).ToList();
        if (resources.Count == 0)
        {
            return null;
        }

        var document = Document("openapi", "3.0.0", resources);
        document["components"] = new JsonObject { ["schemas"] = new JsonObject() };
        return document;
    }

    /// <summary>/openapi/v2 as JSON: everything in one Swagger document.</summary>
    public JsonObject Swagger() => Document("swagger", "2.0", types.All);

    /// <summary>The same in the protobuf of OpenAPIv2.proto, the only form kubectl asks for.</summary>
    public byte[] SwaggerProtobuf() =>
        SwaggerMessage.Of(Version, PatchOperation.Of(types.All), PatchOperation.ParametersOf(serverVersion));

    private string Version => serverVersion.IsLegacy ? "v1.20.2" : "v1.36.2";

    private JsonObject Document(string form, string number, IEnumerable<ResourceType> resources)
    {
        var isSwagger = form == "swagger";
        return new JsonObject
        {
            [form] = number,
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = Version },
            ["paths"] = new JsonObject(PatchOperation.Of(resources).Select(o => KeyValuePair.Create(o.Path, (JsonNode?)OfPath(o, isSwagger)))),
        };
    }

    private JsonObject OfPath(PatchOperation operation, bool isSwagger) => new()
    {
        ["patch"] = new JsonObject
        {
            ["parameters"] = new JsonArray([.. PatchOperation.ParametersOf(serverVersion).Select(p => Parameter(p, isSwagger))]),
            ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK" } },
            ["x-kubernetes-action"] = "patch",
            ["x-kubernetes-group-version-kind"] = new JsonObject
            {
                ["group"] = operation.Group,
                ["kind"] = operation.Kind,
                ["version"] = operation.Version,
            },
        },
    };

    private static JsonObject Parameter(string name, bool isSwagger)
    {
        var type = name == "force" ? "boolean" : "string";
        var parameter = new JsonObject { ["name"] = name, ["in"] = "query" };
        if (isSwagger)
        {
            parameter["type"] = type;
        }
        else
        {
            parameter["schema"] = new JsonObject { ["type"] = type };
        }

        return parameter;
    }
}
