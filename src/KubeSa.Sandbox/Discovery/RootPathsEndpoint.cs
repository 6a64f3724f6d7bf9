using System.Text.Json.Nodes;
using KubeSa.Sandbox.Endpoints;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Discovery;

/// <summary>/: every path that is no object's.</summary>
internal sealed class RootPathsEndpoint(ResourceTypes types, ServerVersion serverVersion) : IEndpoint
{
    public bool Matches(RequestInfo info) => info.Path is "/" or "/index.html";

    public Task HandleAsync(ApiRequest request) => ResponseWriter.JsonAsync(request.Http, 200, Document(Paths()));

    internal static JsonObject Document(IEnumerable<string> paths) => new() { ["paths"] = DiscoveryDocuments.Texts(paths) };

    private IEnumerable<string> Paths()
    {
        var groups = types.Groups.SelectMany(g => g.Versions.Select(v => $"/apis/{g.Name}/{v}").Prepend($"/apis/{g.Name}"));
        var checks = HealthChecks.Of(serverVersion).SelectMany(c => c.Value.Select(check => $"/{c.Key}/{check}").Prepend($"/{c.Key}"));
        string[] others = ["/.well-known/openid-configuration", "/api", "/api/v1", "/apis", "/apis/", "/openapi/v2", "/openid/v1/jwks", "/version"];
        return groups.Concat(checks).Concat(others).Concat(serverVersion.IsLegacy ? [] : ["/openapi/v3", "/openapi/v3/"]).Order(StringComparer.Ordinal);
    }
}
