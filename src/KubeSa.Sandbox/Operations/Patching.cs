using System.Text.Json.Nodes;
using KubeSa.Sandbox.Decoding;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Patches;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Storage;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Operations;

/// <summary>PATCH in its four media types.</summary>
internal static class Patching
{
    private const string Apply = "application/apply-patch+yaml";
    private const string Merge = "application/merge-patch+json";
    private const string Strategic = "application/strategic-merge-patch+json";
    private const string Operations = "application/json-patch+json";

    public static async Task RunAsync(ApiRequest request, ResourceType type)
    {
        var renderer = ObjectRenderer.Of(request, type);
        var mediaType = (request.Http.Request.ContentType ?? "").Split(';')[0].Trim();
        if (mediaType is not (Apply or Merge or Strategic or Operations))
        {
            throw new ApiError(415, "UnsupportedMediaType", "415: Unsupported Media Type", []);
        }

        var body = await BodyDecoder.ReadAsync(request);
        WriteOptions.Check(request, "PatchOptions", OptionErrors(request, mediaType == Apply));
        if (mediaType == Apply)
        {
            var (status, applied) = Applying.Run(request, type, body);
            await ResponseWriter.JsonAsync(request.Http, status, renderer.Single(applied));
            return;
        }

        var decoder = new BodyDecoder(request);
        var patched = Updating.Update(request, type, current =>
        {
            var obj = Patched(request, mediaType, body, current);
            Updating.CheckName(request, obj);
            return decoder.Recheck(obj, type.Kind, type.ApiVersion);
        });
        await ResponseWriter.JsonAsync(request.Http, 200, renderer.Single(patched));
    }

    private static IEnumerable<FieldError> OptionErrors(ApiRequest request, bool applies)
    {
        if (applies && request.Info.Parameter("fieldManager").Length == 0)
        {
            yield return FieldError.Required("fieldManager", "is required for apply patch");
        }

        if (!applies && request.Info.Parameter("force").Length > 0)
        {
            yield return FieldError.Forbidden("force", "may not be specified for non-apply patch");
        }
    }

    private static JsonObject Patched(ApiRequest request, string mediaType, byte[] body, StoredObject current)
    {
        var isLegacy = request.State.ServerVersion.IsLegacy;
        if (GoJson.Check(body) is { } problem)
        {
            throw !isLegacy ? ApiError.BadRequest($"error decoding patch: {problem}")
                : mediaType == Merge ? new ApiError(500, "", "Invalid JSON Patch")
                : ApiError.BadRequest(problem);
        }

        var target = current.Content();
        var patch = JsonNode.Parse(body);
        if (mediaType == Operations)
        {
            return ByOperations(target, patch, isLegacy);
        }

        if (patch is not JsonObject piece)
        {
            throw ApiError.BadRequest("error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}");
        }

        if (mediaType == Strategic)
        {
            StrategicMerge.Apply(target, piece);
        }
        else
        {
            MergePatch.Apply(target, piece);
        }

        return target;
    }

    private static JsonObject ByOperations(JsonObject target, JsonNode? patch, bool isLegacy)
    {
        if (patch is not JsonArray operations)
        {
            throw ApiError.BadRequest(isLegacy
                ? "json: cannot unmarshal object into Go value of type jsonpatch.Patch"
                : "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp");
        }

        try
        {
            return JsonPatch.Apply(target, operations);
        }
        catch (PatchFailedException)
        {
            // What failed stays the server's secret.
            throw new ApiError(422, "Invalid", "the server rejected our request due to an error in our request", []);
        }
    }
}
