using System.Security.Cryptography;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Discovery;

/// <summary>Discovery in two answers instead of dozens: all resources of all groups (apidiscovery.k8s.io/v2).</summary>
internal sealed class AggregatedDiscovery(ResourceTypes types)
{
    /// <summary>The groups below /api or those below /apis; 304 to whoever has them already.</summary>
    public Task AnswerAsync(ApiRequest request, bool isCore)
    {
        var body = Json.ToUtf8(Document(isCore));
        var tag = $"\"{Convert.ToHexString(SHA512.HashData(body))}\"";
        var response = request.Http.Response;
        response.Headers.ETag = tag;
        response.Headers.Vary = "Accept";
        response.Headers.CacheControl = "public";
        if (request.Http.Request.Headers.IfNoneMatch.Contains(tag))
        {
            response.StatusCode = 304;
            return Task.CompletedTask;
        }

        return ResponseWriter.BytesAsync(request.Http, 200, DiscoveryForms.AggregatedType, (byte[])[.. body, (byte)'\n']);
    }

    private JsonObject Document(bool isCore) => new()
    {
        ["kind"] = "APIGroupDiscoveryList",
        ["apiVersion"] = "apidiscovery.k8s.io/v2",
        ["metadata"] = new JsonObject(),
        ["items"] = new JsonArray([.. isCore ? [OfGroup(new ApiGroup("", "v1"))] : types.Groups.Select(OfGroup)]),
    };

    private JsonObject OfGroup(ApiGroup group) => new()
    {
        ["metadata"] = group.Name.Length == 0 ? [] : new JsonObject { ["name"] = group.Name },
        ["versions"] = new JsonArray([.. group.Versions.Select(v => OfVersion(group.Name, v))]),
    };

    private JsonObject OfVersion(string group, string version)
    {
        var result = new JsonObject { ["version"] = version };
        var resources = types.In(group, version).Select(OfType).ToArray();
        if (resources.Length > 0)
        {
            result["resources"] = new JsonArray([.. resources]);
        }

        result["freshness"] = "Current";
        return result;
    }

    private static JsonObject OfType(ResourceType type)
    {
        var resource = new JsonObject
        {
            ["resource"] = type.Name,
            ["responseKind"] = KindOf("", "", type.Kind),
            ["scope"] = type.Namespaced ? "Namespaced" : "Cluster",
            ["singularResource"] = type.Singular,
            ["verbs"] = DiscoveryDocuments.Texts(type.Verbs),
        };
        DiscoveryDocuments.AddTexts(resource, "shortNames", type.ShortNames);
        DiscoveryDocuments.AddTexts(resource, "categories", type.Categories);
        if (type.Subresources.Count > 0)
        {
            resource["subresources"] = new JsonArray([.. type.Subresources.Select(OfSubresource)]);
        }

        return resource;
    }

    private static JsonObject OfSubresource(Subresource subresource) => new()
    {
        ["subresource"] = subresource.Name,
        ["responseKind"] = KindOf(subresource.Group, subresource.Version, subresource.Kind),
        ["verbs"] = DiscoveryDocuments.Texts(subresource.Verbs),
    };

    // Empty where group and version are those of the list.
    private static JsonObject KindOf(string group, string version, string kind) =>
        new() { ["group"] = group, ["version"] = version, ["kind"] = kind };
}
