using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Operations;

/// <summary>GET of one object.</summary>
internal static class GetOperation
{
    public static Task RunAsync(ApiRequest request, ResourceType type)
    {
        var renderer = ObjectRenderer.Of(request, type);
        var store = request.State.Store;
        if (ResourceVersions.Parse(request, "resourceVersion") is { } version && version > store.Revision)
        {
            throw ResourceVersions.TooLarge(version, store.Revision);
        }

        var found = store.TryGet(type, request.Info.Namespace, request.Info.Name) ?? throw ApiError.NotFound(type, request.Info.Name);
        return ResponseWriter.JsonAsync(request.Http, 200, renderer.Single(found.Object(type)));
    }
}
