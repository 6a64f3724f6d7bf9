using System.Text.Json.Nodes;
using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Discovery;

/// <summary>The plain documents of discovery, made of the resources the sandbox has.</summary>
internal sealed class DiscoveryDocuments(ResourceTypes types, ServerVersion serverVersion)
{
    /// <summary>/api: APIVersions.</summary>
    public static JsonObject CoreVersions(string serverAddress) => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = serverAddress }),
    };

    /// <summary>/apis: APIGroupList.</summary>
    public JsonObject Groups() => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. types.Groups.Select(OfGroup)]),
    };

    /// <summary>/apis/GROUP: APIGroup; null for a group that is not served.</summary>
    public JsonObject? Group(string name)
    {
        if (types.Groups.FirstOrDefault(g => g.Name == name) is not { } group)
        {
            return null;
        }

        var document = new JsonObject { ["kind"] = "APIGroup", ["apiVersion"] = "v1" };
        foreach (var (field, value) in OfGroup(group))
        {
            document[field] = value?.DeepClone();
        }

        return document;
    }

    /// <summary>/api/v1 and /apis/GROUP/VERSION: APIResourceList; null for a version that is not served.</summary>
    public JsonObject? Resources(string group, string version)
    {
        if (!types.HasVersion(group, version))
        {
            return null;
        }

        var document = new JsonObject { ["kind"] = "APIResourceList" };
        if (group.Length > 0)
        {
            // The core group's list was there before the field was, and still goes without.
            document["apiVersion"] = "v1";
        }

        document["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}";
        document["resources"] = new JsonArray([.. types.In(group, version).SelectMany(OfType)]);
        return document;
    }

    private static JsonObject OfGroup(ApiGroup group)
    {
        var versions = group.Versions.Select(v => new JsonObject { ["groupVersion"] = $"{group.Name}/{v}", ["version"] = v }).ToList();
        return new JsonObject
        {
            ["name"] = group.Name,
            ["versions"] = new JsonArray([.. versions]),
            ["preferredVersion"] = versions[0].DeepClone(),
        };
    }

    private IEnumerable<JsonObject> OfType(ResourceType type)
    {
        var resource = new JsonObject
        {
            ["name"] = type.Name,
            ["singularName"] = serverVersion.HasSingularNames ? type.Singular : "",
            ["namespaced"] = type.Namespaced,
            ["kind"] = type.Kind,
            ["verbs"] = Texts(type.Verbs),
        };
        AddTexts(resource, "shortNames", type.ShortNames);
        AddTexts(resource, "categories", type.Categories);
        if (type.IsStored)
        {
            resource["storageVersionHash"] = type.StorageVersionHash;
        }

        yield return resource;
        foreach (var subresource in type.Subresources)
        {
            yield return OfSubresource(type, subresource);
        }
    }

    private static JsonObject OfSubresource(ResourceType type, Subresource subresource)
    {
        var resource = new JsonObject { ["name"] = $"{type.Name}/{subresource.Name}", ["singularName"] = "", ["namespaced"] = type.Namespaced };
        if (subresource.Group.Length > 0)
        {
            resource["group"] = subresource.Group;
            resource["version"] = subresource.Version;
        }

        resource["kind"] = subresource.Kind;
        resource["verbs"] = Texts(subresource.Verbs);
        return resource;
    }

    internal static void AddTexts(JsonObject node, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
        {
            node[name] = Texts(texts);
        }
    }

    internal static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);
}
