using System.Text.Json.Nodes;
using KubeSa.Sandbox.Auth.Rbac;
using KubeSa.Sandbox.Endpoints;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Reviews;

/// <summary>What may I do in this namespace?</summary>
internal sealed class SelfSubjectRulesReview(RuleResolver resolver) : ICreateHandler
{
    public bool Matches(RequestInfo info) =>
        info is { Group: "authorization.k8s.io", Resource: "selfsubjectrulesreviews", Subresource: "" };

    public JsonObject Create(ApiRequest request, JsonObject body)
    {
        if (ReviewAnswer.SpecOf(body).Text("namespace") is not { Length: > 0 } ns)
        {
            throw ApiError.BadRequest("no namespace on request");
        }

        var grants = resolver.GrantsOf(request.User, ns).ToArray();
        var rules = grants.Where(grant => grant.Rule is not null).Select(grant => grant.Rule!).ToArray();
        var status = new JsonObject
        {
            ["resourceRules"] = Rules(rules.Where(rule => rule.Resources.Length > 0)),
            ["nonResourceRules"] = Rules(rules.Where(rule => rule.NonResourceUrls.Length > 0)),
            ["incomplete"] = false,
        };
        var errors = grants.Where(grant => grant.Error is not null).Select(grant => grant.Error!).ToArray();
        if (errors.Length > 0)
        {
            status["evaluationError"] = RbacAuthorizer.Aggregate(errors);
        }

        // The answer does not repeat what was asked.
        return ReviewAnswer.Of(request, body, [], status);
    }

    private static JsonArray Rules(IEnumerable<RbacRule> rules) => [.. rules.Select(rule => (JsonNode)rule.ToReviewRule())];
}
