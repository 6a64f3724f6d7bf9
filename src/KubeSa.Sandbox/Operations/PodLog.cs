using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Operations;

/// <summary>GET of a pod's log: no pod runs here, so there is none.</summary>
internal static class PodLog
{
    public static Task RunAsync(ApiRequest request, ResourceType type)
    {
        if (request.State.Store.TryGet(type, request.Info.Namespace, request.Info.Name) is null)
        {
            throw ApiError.NotFound(type, request.Info.Name);
        }

        request.Http.Response.StatusCode = 204;
        return Task.CompletedTask;
    }
}
