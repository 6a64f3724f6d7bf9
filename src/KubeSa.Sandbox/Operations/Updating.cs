using System.Text.Json.Nodes;
using KubeSa.Sandbox.Audit;
using KubeSa.Sandbox.Decoding;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Kinds;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Storage;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Operations;

/// <summary>PUT, and what it shares with PATCH: an object takes the place of its former self.</summary>
internal static class Updating
{
    private const string Modified = "the object has been modified; please apply your changes to the latest version and try again";

    public static async Task RunAsync(ApiRequest request, ResourceType type)
    {
        var renderer = ObjectRenderer.Of(request, type);
        var body = await BodyDecoder.ReadAsync(request);
        WriteOptions.Check(request, "UpdateOptions");
        var obj = new BodyDecoder(request).Decode(body, Expected.Of(type));
        AuditRecord.Sent(request.Http, obj);
        AdmissionChain.PlaceIn(request, type, obj);
        if (obj.Text("metadata", "name") is not { Length: > 0 })
        {
            throw ApiError.BadRequest($"the name of the object ({request.Info.Name} based on URL) was undeterminable: name must be provided");
        }

        CheckName(request, obj);
        var uid = obj.Text("metadata", "uid");
        var updated = Update(request, type, current =>
        {
            if (uid is { Length: > 0 } && uid != current.Uid)
            {
                throw ApiError.Conflict(type, request.Info.Name,
                    $"StorageError: invalid object, Code: 4, Key: /registry/{type.Name}/{current.Key}, ResourceVersion: 0, AdditionalErrorMsg: " +
                    $"Precondition failed: UID in precondition: {uid}, UID in object meta: {current.Uid}");
            }

            return obj.DeepClone().AsObject();
        });
        await ResponseWriter.JsonAsync(request.Http, 200, renderer.Single(updated));
    }

    /// <summary>The name in the object must be that of the path.</summary>
    public static void CheckName(ApiRequest request, JsonObject obj)
    {
        if (obj.Text("metadata", "name") is { } name && name != request.Info.Name)
        {
            throw ApiError.BadRequest($"the name of the object ({name}) does not match the name on the URL ({request.Info.Name})");
        }
    }

    /// <summary>
    /// Stores what <paramref name="change"/> makes of the current version, again when somebody was faster and the new object
    /// names no version; answers with what was stored, kind included.
    /// </summary>
    public static JsonObject Update(ApiRequest request, ResourceType type, Func<StoredObject, JsonObject> change)
    {
        var (store, info) = (request.State.Store, request.Info);
        while (true)
        {
            var current = store.TryGet(type, info.Namespace, info.Name) ?? throw ApiError.NotFound(type, info.Name);
            var obj = Prepare(request, type, current, change(current));
            if (request.IsDryRun)
            {
                return WithKind(obj, type);
            }

            if (IsReleased(obj))
            {
                store.Delete(type, info.Namespace, info.Name);
                return WithKind(obj, type);
            }

            if (store.TryReplace(type, current, obj) is { } stored)
            {
                return stored.Object(type);
            }
        }
    }

    private static JsonObject Prepare(ApiRequest request, ResourceType type, StoredObject current, JsonObject obj)
    {
        var serverVersion = request.State.ServerVersion;
        var kind = StrategyTable.Of(type);
        var old = current.Content();
        if (request.Info.Subresource == "status")
        {
            obj = StatusOnly(obj, old);
        }
        else
        {
            kind.PrepareForUpdate(obj, old, serverVersion);
        }

        FillMetadata(obj, old);
        kind.Default(obj, serverVersion);
        obj = AdmissionChain.Admit(request, obj, old);
        kind.Default(obj, serverVersion);
        if (request.Info.Subresource.Length == 0)
        {
            kind.PrepareForUpdate(obj, old, serverVersion);
        }

        ResourceStrategy.Prune(obj, type);
        var version = obj.Text("metadata", "resourceVersion") ?? "";
        if (version is not ("" or "0") && version != current.Revision.ToString())
        {
            throw ApiError.Conflict(type, request.Info.Name, Modified);
        }

        obj["metadata"]!["resourceVersion"] = current.Revision.ToString();
        var errors = MetadataValidation.OnUpdate(obj, old).Concat(kind.ValidateUpdate(obj, old, serverVersion)).ToList();
        return errors.Count == 0 ? obj : throw FieldError.ToApiError(type.Group, type.Kind, request.Info.Name, errors);
    }

    // What a client leaves out of the server's own fields stays as it was.
    private static void FillMetadata(JsonObject obj, JsonObject old)
    {
        obj.Remove("kind");
        obj.Remove("apiVersion");
        var (metadata, before) = (obj.Child("metadata"), old["metadata"]!);
        foreach (var field in new[] { "name", "namespace", "uid", "creationTimestamp", "generation", "generateName" })
        {
            if (before[field] is { } value && metadata[field] is null)
            {
                metadata[field] = value.DeepClone();
            }
        }

        foreach (var field in new[] { "deletionTimestamp", "deletionGracePeriodSeconds" })
        {
            metadata.Remove(field);
            if (before[field] is { } value)
            {
                metadata[field] = value.DeepClone();
            }
        }
    }

    private static JsonObject StatusOnly(JsonObject obj, JsonObject old)
    {
        var result = old.DeepClone().AsObject();
        result["status"] = obj["status"]?.DeepClone();
        result["metadata"]!["resourceVersion"] = obj["metadata"]?["resourceVersion"]?.DeepClone();
        return result;
    }

    // The last finalizer is gone, and only it held the object back.
    private static bool IsReleased(JsonObject obj) =>
        obj["metadata"]!["deletionTimestamp"] is not null
        && obj["metadata"]!["finalizers"] is not JsonArray { Count: > 0 }
        && (long?)obj["metadata"]!["deletionGracePeriodSeconds"] == 0;

    internal static JsonObject WithKind(JsonObject obj, ResourceType type)
    {
        obj["kind"] = type.Kind;
        obj["apiVersion"] = type.ApiVersion;
        return obj;
    }
}
