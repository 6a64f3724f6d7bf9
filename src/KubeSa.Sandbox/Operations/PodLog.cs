using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Operations;

/// <summary>GET of a pod's log: what its container wrote, or nothing where no pods run.</summary>
internal static class PodLog
{
    public static Task RunAsync(ApiRequest request, ResourceType type)
    {
        var pod = request.State.Store.TryGet(type, request.Info.Namespace, request.Info.Name) ?? throw ApiError.NotFound(type, request.Info.Name);
        if (request.State.Kubelet is not { } kubelet)
        {
            request.Http.Response.StatusCode = 204;
            return Task.CompletedTask;
        }

        return kubelet.LogOf(pod) is { } log ? ResponseWriter.TextAsync(request.Http, 200, log) : throw ApiError.BadRequest(Why(pod.Content()));
    }

    private static string Why(System.Text.Json.Nodes.JsonObject pod)
    {
        var reason = pod["status"]?["containerStatuses"]?[0].Text("state", "waiting", "reason") ?? "ContainerCreating";
        return $"container \"{pod["spec"]?["containers"]?[0].Text("name")}\" in pod \"{pod.Text("metadata", "name")}\" is waiting to start: {reason}";
    }
}
