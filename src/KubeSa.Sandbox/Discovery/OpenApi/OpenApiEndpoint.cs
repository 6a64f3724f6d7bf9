using KubeSa.Sandbox.Endpoints;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Discovery.OpenApi;

/// <summary>/openapi/v2, and /openapi/v3 where the dialect has it.</summary>
internal sealed class OpenApiEndpoint(ResourceTypes types, ServerVersion serverVersion) : IEndpoint
{
    private const string ProtobufType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private readonly OpenApiDocuments _documents = new(types, serverVersion);

    public bool Matches(RequestInfo info) => info.Path switch
    {
        "/openapi/v2" => true,
        "/openapi/v3" => !serverVersion.IsLegacy,
        _ => !serverVersion.IsLegacy && info.Path.StartsWith("/openapi/v3/", StringComparison.Ordinal),
    };

    public Task HandleAsync(ApiRequest request)
    {
        var segments = request.Info.Path.Split('/')[2..];
        if (segments is ["v2"])
        {
            return request.Http.Request.Headers.Accept.ToString().Contains("proto-openapi", StringComparison.Ordinal)
                ? ResponseWriter.BytesAsync(request.Http, 200, ProtobufType, _documents.SwaggerProtobuf())
                : ResponseWriter.JsonAsync(request.Http, 200, _documents.Swagger());
        }

        var document = segments switch
        {
            ["v3"] => _documents.Versions(),
            ["v3", "api", var version] => _documents.OfVersion("", version),
            ["v3", "apis", var group, var version] => _documents.OfVersion(group, version),
            _ => null,
        };
        return document is null
            ? ResponseWriter.TextAsync(request.Http, 404, "404 page not found\n")
            : ResponseWriter.JsonAsync(request.Http, 200, document);
    }
}
