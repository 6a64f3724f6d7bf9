using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Operations;
using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Endpoints;

/// <summary>The resources: which operation a method on a path is.</summary>
internal sealed class ResourceEndpoint : IEndpoint
{
    public bool Matches(RequestInfo info) => info.IsResource;

    public Task HandleAsync(ApiRequest request)
    {
        var info = request.Info;
        var type = request.Type;
        if (type is null)
        {
            // A group or version that is not served at all is nobody's path.
            return request.State.Types.Groups.Any(g => g.Name == info.Group) || info.Group.Length == 0
                ? throw ApiError.NoSuchResource()
                : ResponseWriter.TextAsync(request.Http, 404, "404 page not found\n");
        }

        Deprecations.Warn(request, type);
        var operation = info.Subresource.Length > 0 ? Subresource(request, type) : Whole(info, type);
        return (operation ?? throw ApiError.MethodNotAllowed())(request, type);
    }

    private static Func<ApiRequest, ResourceType, Task>? Whole(RequestInfo info, ResourceType type)
    {
        // HEAD and OPTIONS are no verbs; a namespaced collection without a namespace can only be read.
        var hasName = info.Path.TrimEnd('/').EndsWith('/' + info.Name, StringComparison.Ordinal) && info.Name.Length > 0;
        var isPlaced = !type.Namespaced || info.Namespace.Length > 0;
        return (info.Method, info.Verb) switch
        {
            ("GET", "get") when Allows(type, "get") => GetOperation.RunAsync,
            ("GET", "list") when Allows(type, "list") => ListOperation.RunAsync,
            ("GET", "watch") when Allows(type, "watch") => WatchOperation.RunAsync,
            ("POST", "create") when !hasName && isPlaced => Creation.RunAsync,
            ("PUT", "update") when hasName => Updating.RunAsync,
            ("PATCH", "patch") when hasName => Patching.RunAsync,
            ("DELETE", "delete") when hasName => Deletion.RunAsync,
            ("DELETE", "deletecollection") when isPlaced && Allows(type, "deletecollection") => Deletion.RunOnCollectionAsync,
            _ => null,
        };
    }

    private static Func<ApiRequest, ResourceType, Task>? Subresource(ApiRequest request, ResourceType type)
    {
        var info = request.Info;
        var known = type.Subresources.FirstOrDefault(s => s.Name == info.Subresource) ?? throw ApiError.NoSuchResource();
        if (!known.Verbs.Contains(info.Verb))
        {
            return null;
        }

        return (info.Subresource, info.Verb) switch
        {
            ("log", "get") => PodLog.RunAsync,
            ("status", "get") => GetOperation.RunAsync,
            ("status", "update") => Updating.RunAsync,
            ("status", "patch") => Patching.RunAsync,
            (_, "create") => Creation.RunAsync,
            _ => null,
        };
    }

    private static bool Allows(ResourceType type, string verb) => type.Verbs.Contains(verb);
}
