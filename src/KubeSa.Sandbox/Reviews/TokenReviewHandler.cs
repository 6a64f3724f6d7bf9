using System.Text.Json.Nodes;
using KubeSa.Sandbox.Endpoints;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Tokens;

namespace KubeSa.Sandbox.Reviews;

/// <summary>Whose token is this?</summary>
internal sealed class TokenReviewHandler(TokenVerifier tokens) : ICreateHandler
{
    public bool Matches(RequestInfo info) => info is { Group: "authentication.k8s.io", Resource: "tokenreviews", Subresource: "" };

    public JsonObject Create(ApiRequest request, JsonObject body)
    {
        var spec = ReviewAnswer.SpecOf(body);
        if (spec.Text("token") is not { Length: > 0 } token)
        {
            throw ApiError.BadRequest("token is required for TokenReview in authentication");
        }

        var audiences = spec["audiences"] is JsonArray list ? list.Select(item => (string?)item ?? "").ToArray() : [];
        var verdict = tokens.Verify(token, audiences);
        return ReviewAnswer.Of(request, body, spec, StatusOf(verdict));
    }

    // A failed review has no field "authenticated" at all.
    private static JsonObject StatusOf(TokenVerdict verdict) => verdict.User is null
        ? new JsonObject { ["user"] = new JsonObject(), ["error"] = verdict.Error }
        : new JsonObject
        {
            ["authenticated"] = true,
            ["user"] = ReviewAnswer.UserInfo(verdict.User),
            ["audiences"] = ReviewAnswer.Strings(verdict.Audiences),
        };
}
