using System.Text.Json.Nodes;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Operations;

/// <summary>What every write passes before it is checked and stored.</summary>
internal static class AdmissionChain
{
    public static JsonObject Admit(ApiRequest request, JsonObject obj, JsonObject? old)
    {
        foreach (var admission in request.State.Admissions)
        {
            obj = admission.Admit(request.Info, request.User, obj, old);
        }

        return obj;
    }

    /// <summary>The object's namespace is the path's, or none; a generated name is made up.</summary>
    public static void PlaceIn(ApiRequest request, ResourceType type, JsonObject obj)
    {
        var metadata = obj.Child("metadata");
        if (!type.Namespaced)
        {
            metadata.Remove("namespace");
            return;
        }

        if (metadata.Text("namespace") is { Length: > 0 } ns && ns != request.Info.Namespace)
        {
            throw ApiError.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        metadata["namespace"] = request.Info.Namespace;
    }
}
