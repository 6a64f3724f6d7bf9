using System.Text.Json.Nodes;
using KubeSa.Sandbox.Endpoints;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Discovery;

/// <summary>/api and /apis and what is below them short of a resource: which groups, versions and resources there are.</summary>
internal sealed class DiscoveryEndpoint(ResourceTypes types, ServerVersion serverVersion) : IEndpoint
{
    private readonly DiscoveryDocuments _documents = new(types, serverVersion);
    private readonly AggregatedDiscovery _aggregated = new(types);

    public bool Matches(RequestInfo info) => !info.IsResource && SegmentsOf(info) is ["api" or "apis", ..];

    public Task HandleAsync(ApiRequest request)
    {
        var segments = SegmentsOf(request.Info);
        if (segments is ["apis", var group, ..] && types.Groups.All(g => g.Name != group))
        {
            // A group that is not served at all is nobody's path.
            return ResponseWriter.TextAsync(request.Http, 404, "404 page not found\n");
        }

        var document = DocumentOf(request, segments) ?? throw ApiError.NoSuchResource();
        if (request.Info.Method != "GET")
        {
            throw ApiError.MethodNotAllowed();
        }

        var form = DiscoveryForms.Of(request, isRoot: segments.Length == 1);
        return form == DiscoveryForm.Aggregated
            ? _aggregated.AnswerAsync(request, isCore: segments[0] == "api")
            : ResponseWriter.JsonAsync(request.Http, 200, document);
    }

    private JsonObject? DocumentOf(ApiRequest request, string[] segments) => segments switch
    {
        ["api"] => DiscoveryDocuments.CoreVersions(new Uri(request.State.Url).Authority),
        ["api", var version] => _documents.Resources("", version),
        ["apis"] => _documents.Groups(),
        ["apis", var group] => _documents.Group(group),
        ["apis", var group, var version] => _documents.Resources(group, version),
        _ => null,
    };

    private static string[] SegmentsOf(RequestInfo info) => info.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
}
