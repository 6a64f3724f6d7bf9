using KubeSa.Sandbox.Endpoints;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Discovery;

/// <summary>Comes last: nothing is there.</summary>
internal sealed class UnknownPathEndpoint : IEndpoint
{
    public bool Matches(RequestInfo info) => true;

    public Task HandleAsync(ApiRequest request)
    {
        if (request.Info.Path.StartsWith("/version/", StringComparison.Ordinal))
        {
            throw ApiError.NoSuchResource();
        }

        return request.State.ServerVersion.IsLegacy
            ? ResponseWriter.JsonAsync(request.Http, 404, RootPathsEndpoint.Document(InnermostPaths()))
            : ResponseWriter.TextAsync(request.Http, 404, "404 page not found\n");
    }

    // What no part of 1.20 knows comes to the innermost of its three servers, and that lists its own few paths.
    private static IEnumerable<string> InnermostPaths()
    {
        string[] hooks =
        [
            "crd-informer-synced", "generic-apiserver-start-informers", "priority-and-fairness-config-consumer",
            "priority-and-fairness-filter", "start-apiextensions-controllers", "start-apiextensions-informers",
        ];
        string[] checks = ["etcd", "log", "ping", .. hooks.Select(h => $"poststarthook/{h}")];
        string[] groups = ["", "/", "/apiextensions.k8s.io", "/apiextensions.k8s.io/v1", "/apiextensions.k8s.io/v1beta1"];
        string[] readiness = [.. checks, "informer-sync", "shutdown"];
        return groups.Select(g => $"/apis{g}")
            .Concat(Below("/healthz", checks)).Concat(Below("/livez", checks)).Concat(Below("/readyz", readiness))
            .Concat(["/metrics", "/openapi/v2", "/version"])
            .Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Below(string root, string[] names) => names.Select(n => $"{root}/{n}").Prepend(root);
}
