using System.Text.Json.Nodes;
using KubeSa.Sandbox.Endpoints;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Reviews;

/// <summary>Who am I? 1.20 has no such resource.</summary>
internal sealed class SelfSubjectReview(TimeProvider time) : ICreateHandler
{
    public bool Matches(RequestInfo info) => info is { Group: "authentication.k8s.io", Resource: "selfsubjectreviews", Subresource: "" };

    public JsonObject Create(ApiRequest request, JsonObject body)
    {
        var answer = ReviewAnswer.Of(request, body, null, new JsonObject { ["userInfo"] = ReviewAnswer.UserInfo(request.User) });
        answer["metadata"]!["creationTimestamp"] = time.Stamp();
        return answer;
    }
}
