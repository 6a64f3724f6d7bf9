using System.Text.Json.Nodes;
using KubeSa.Sandbox.Endpoints;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Tokens;

/// <summary>OpenID Connect discovery and the keys (RFC 7517), for whoever wants to verify tokens without asking.</summary>
internal sealed class OpenIdEndpoint(KeyRing keys) : IEndpoint
{
    private const string DiscoveryPath = "/.well-known/openid-configuration";
    private const string KeysPath = "/openid/v1/jwks";
    private const string KeysType = "application/jwk-set+json";

    public bool Matches(RequestInfo info) => info is { Method: "GET", Path: DiscoveryPath or KeysPath };

    public Task HandleAsync(ApiRequest request)
    {
        if (request.Info.Path == KeysPath)
        {
            return KeysAsync(request);
        }

        request.Http.Response.Headers.CacheControl = "public, max-age=3600";
        return AnswerAsync(request, "application/json", new JsonObject
        {
            ["issuer"] = TokenIssuer.Issuer,
            ["jwks_uri"] = request.State.Url + KeysPath,
            ["response_types_supported"] = new JsonArray("id_token"),
            ["subject_types_supported"] = new JsonArray("public"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        });
    }

    private Task KeysAsync(ApiRequest request)
    {
        if (!AcceptsKeys(request.Http.Request.Headers.Accept.ToString()))
        {
            var available = request.State.ServerVersion.IsLegacy ? "" : "\n\nAvailable representations: " + KeysType;
            throw new ApiError(406, "NotAcceptable", "406: Not Acceptable" + available, []);
        }

        request.Http.Response.Headers.CacheControl = "public, max-age=3600";
        return AnswerAsync(request, KeysType, keys.ToJsonWebKeySet());
    }

    // The one type it has is not application/json, and it takes that for no match.
    private static bool AcceptsKeys(string accept) =>
        accept.Length == 0
        || accept.Split(',').Select(type => type.Split(';')[0].Trim()).Any(type => type is "*/*" or "application/*" or KeysType);

    private static Task AnswerAsync(ApiRequest request, string type, JsonObject body) =>
        ResponseWriter.BytesAsync(request.Http, 200, type, Json.ToUtf8(body));
}
