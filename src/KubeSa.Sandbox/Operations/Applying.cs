using System.Text.Json.Nodes;
using KubeSa.Sandbox.Auth;
using KubeSa.Sandbox.Decoding;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Operations;

/// <summary>Server-side apply: a manager says which fields it wants; they are merged, or conflict with another manager's.</summary>
internal static class Applying
{
    public static (int Status, JsonObject Object) Run(ApiRequest request, ResourceType type, byte[] body)
    {
        var manager = request.Info.Parameter("fieldManager");
        var applied = Decode(request, type, body);
        var owners = request.State.FieldOwners;
        if (request.State.Store.TryGet(type, request.Info.Namespace, request.Info.Name) is null)
        {
            RequireCreate(request);
            var created = Creation.Create(request, type, applied.DeepClone().AsObject());
            Note(request, applied, created, manager);
            return (201, created);
        }

        var force = RequestInfo.IsTrue(request.Info.Parameter("force"));
        var updated = Updating.Update(request, type, current => owners.Apply(current.Content(), applied, current.Uid, manager, force));
        Note(request, applied, updated, manager);
        return (200, updated);
    }

    // Whoever makes an object by a patch needs the right to create it as well.
    private static void RequireCreate(ApiRequest request)
    {
        var asked = AccessAttributes.Of(request.Info) with { Verb = "create" };
        var decision = request.State.Authorizer.Authorize(request.User, asked);
        if (!decision.IsAllowed)
        {
            throw ApiError.Forbidden(request.User, asked, decision.Reason);
        }
    }

    private static JsonObject Decode(ApiRequest request, ResourceType type, byte[] body)
    {
        JsonObject applied;
        try
        {
            applied = JsonNode.Parse(Yaml.ToJson(body)) as JsonObject ?? throw new FormatException("the document is no object");
        }
        catch (FormatException e)
        {
            throw ApiError.BadRequest($"error decoding YAML: {e.Message}");
        }

        if (applied["metadata"]?["managedFields"] is not null)
        {
            throw ApiError.BadRequest("metadata.managedFields must be nil");
        }

        Updating.CheckName(request, applied);
        applied.Child("metadata")["name"] = request.Info.Name;
        return new BodyDecoder(request).Recheck(applied, type.Kind, type.ApiVersion);
    }

    private static void Note(ApiRequest request, JsonObject applied, JsonObject stored, string manager)
    {
        if (!request.IsDryRun)
        {
            request.State.FieldOwners.Own(applied, stored.Text("metadata", "uid")!, manager);
        }
    }
}
