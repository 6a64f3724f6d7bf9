using System.Text.Json.Nodes;
using KubeSa.Sandbox.Audit;
using KubeSa.Sandbox.Decoding;
using KubeSa.Sandbox.Endpoints;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Kinds;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Operations;

/// <summary>POST: makes an object, or hands what is only answered to its handler.</summary>
internal static class Creation
{
    public static async Task RunAsync(ApiRequest request, ResourceType type)
    {
        var renderer = ObjectRenderer.Of(request, type);
        var body = await BodyDecoder.ReadAsync(request);
        WriteOptions.Check(request, "CreateOptions");
        if (request.State.CreateHandlers.FirstOrDefault(h => h.Matches(request.Info)) is { } handler)
        {
            await HandleAsync(request, type, handler, body);
            return;
        }

        if (request.Info.Subresource.Length > 0 || !type.IsStored)
        {
            throw ApiError.MethodNotAllowed();
        }

        var obj = new BodyDecoder(request).Decode(body, Expected.Of(type));
        AuditRecord.Sent(request.Http, obj);
        var created = Create(request, type, obj);
        await ResponseWriter.JsonAsync(request.Http, 201, renderer.Single(created));
    }

    /// <summary>Places, admits, checks and stores a decoded object; answers with what was stored, kind included.</summary>
    public static JsonObject Create(ApiRequest request, ResourceType type, JsonObject obj)
    {
        var serverVersion = request.State.ServerVersion;
        var kind = StrategyTable.Of(type);
        AdmissionChain.PlaceIn(request, type, obj);
        NameIt(obj);
        kind.Default(obj, serverVersion);
        obj = AdmissionChain.Admit(request, obj, null);
        kind.Default(obj, serverVersion);
        var metadata = obj.Child("metadata");
        var version = metadata.Text("resourceVersion") ?? "";
        foreach (var field in new[] { "resourceVersion", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "selfLink" })
        {
            metadata.Remove(field);
        }

        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = request.State.Time.Stamp();
        kind.PrepareForCreate(obj, serverVersion);
        ResourceStrategy.Prune(obj, type);
        var errors = MetadataValidation.OnCreate(obj, n => kind.CheckName(n, serverVersion)).Concat(kind.Validate(obj, serverVersion)).ToList();
        if (errors.Count > 0)
        {
            throw FieldError.ToApiError(type.Group, type.Kind, metadata.Text("name") ?? "", errors);
        }

        if (version is not ("" or "0"))
        {
            throw new ApiError(500, "", "resourceVersion should not be set on objects to be created");
        }

        return Store(request, type, obj);
    }

    private static JsonObject Store(ApiRequest request, ResourceType type, JsonObject obj)
    {
        var name = obj.Text("metadata", "name")!;
        if (request.State.Store.TryGet(type, obj.Text("metadata", "namespace") ?? "", name) is { } existing)
        {
            var error = ApiError.AlreadyExists(type, name);
            throw existing.IsDeleting ? new ApiError(error.Code, error.Reason, $"object is being deleted: {error.Message}", error.Details) : error;
        }

        if (request.IsDryRun)
        {
            obj["kind"] = type.Kind;
            obj["apiVersion"] = type.ApiVersion;
            return obj;
        }

        return request.State.Store.Create(type, obj).Object(type);
    }

    private static void NameIt(JsonObject obj)
    {
        var metadata = obj.Child("metadata");
        if (metadata.Text("name") is null or "" && metadata.Text("generateName") is { Length: > 0 } start)
        {
            metadata["name"] = start + RandomName.Suffix();
        }
    }

    private static async Task HandleAsync(ApiRequest request, ResourceType type, ICreateHandler handler, byte[] body)
    {
        var subresource = type.Subresources.FirstOrDefault(s => s.Name == request.Info.Subresource);
        var expected = subresource is null ? Expected.Of(type) : Expected.Of(type, subresource);
        var answer = handler.Create(request, new BodyDecoder(request).Decode(body, expected));
        await ResponseWriter.JsonAsync(request.Http, 201, answer);
    }
}
