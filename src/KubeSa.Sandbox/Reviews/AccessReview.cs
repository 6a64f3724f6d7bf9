using System.Text.Json.Nodes;
using KubeSa.Sandbox.Auth;
using KubeSa.Sandbox.Endpoints;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Reviews;

/// <summary>May I, or may somebody: SelfSubjectAccessReview, SubjectAccessReview and LocalSubjectAccessReview.</summary>
internal sealed class AccessReview(IAuthorizer authorizer) : ICreateHandler
{
    private const string Group = "authorization.k8s.io";
    private const string OwnResource = "selfsubjectaccessreviews";
    private const string LocalResource = "localsubjectaccessreviews";

    public bool Matches(RequestInfo info) =>
        info is { Group: Group, Resource: OwnResource or LocalResource or "subjectaccessreviews", Subresource: "" };

    public JsonObject Create(ApiRequest request, JsonObject body)
    {
        var spec = ReviewAnswer.SpecOf(body);
        if (request.State.ServerVersion.IsLegacy && spec["resourceAttributes"] is JsonObject resource)
        {
            // Fields it does not know yet are dropped in silence.
            resource.Remove("fieldSelector");
            resource.Remove("labelSelector");
        }

        if (request.Info.Resource == LocalResource && !request.State.ServerVersion.IsLegacy)
        {
            body.Child("metadata")["namespace"] ??= request.Info.Namespace;
        }

        Check(request, body, spec);
        var user = request.Info.Resource == OwnResource ? request.User : UserOf(spec);
        return ReviewAnswer.Of(request, body, spec, StatusOf(authorizer.Authorize(user, AttributesOf(spec))));
    }

    private static void Check(ApiRequest request, JsonObject body, JsonObject spec)
    {
        var problems = AccessReviewRules.ProblemsOf(spec, request.State.ServerVersion).ToList();
        if (request.Info.Resource != OwnResource)
        {
            problems.AddRange(AccessReviewRules.ProblemsOfSubject(spec));
        }

        if (request.Info.Resource == LocalResource)
        {
            problems.AddRange(AccessReviewRules.ProblemsOfNamespace(spec, body.Text("metadata", "namespace") ?? ""));
        }

        if (problems.Count > 0)
        {
            throw FieldError.ToApiError(Group, "", "", problems);
        }
    }

    private static UserInfo UserOf(JsonObject spec)
    {
        string[] groups = spec["groups"] is JsonArray list ? [.. list.Select(item => (string?)item ?? "")] : [];
        return new UserInfo(
            spec.Text("user") ?? "", spec.Text("uid") ?? "", groups, new Dictionary<string, IReadOnlyList<string>>());
    }

    private static AccessAttributes AttributesOf(JsonObject spec)
    {
        if (spec["resourceAttributes"] is not JsonObject resource)
        {
            return new AccessAttributes
            {
                Verb = spec.Text("nonResourceAttributes", "verb") ?? "",
                Path = spec.Text("nonResourceAttributes", "path") ?? "",
            };
        }

        return new AccessAttributes
        {
            IsResource = true,
            Verb = resource.Text("verb") ?? "",
            Group = resource.Text("group") ?? "",
            Version = resource.Text("version") ?? "",
            Resource = resource.Text("resource") ?? "",
            Subresource = resource.Text("subresource") ?? "",
            Namespace = resource.Text("namespace") ?? "",
            Name = resource.Text("name") ?? "",
        };
    }

    private static JsonObject StatusOf(AuthorizationDecision decision)
    {
        var status = new JsonObject { ["allowed"] = decision.IsAllowed };
        if (decision.Verdict == Verdict.Denied)
        {
            status["denied"] = true;
        }

        if (decision.Reason.Length > 0)
        {
            status["reason"] = decision.Reason;
        }

        if (decision.EvaluationError.Length > 0)
        {
            status["evaluationError"] = decision.EvaluationError;
        }

        return status;
    }
}
