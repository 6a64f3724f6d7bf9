using System.Text.Json.Nodes;
using KubeSa.Sandbox.Auth;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Reviews;

/// <summary>The form all reviews are answered in.</summary>
internal static class ReviewAnswer
{
    /// <summary>The body with its status; <paramref name="spec"/> null leaves the spec out.</summary>
    public static JsonObject Of(ApiRequest request, JsonObject body, JsonObject? spec, JsonObject status)
    {
        var answer = new JsonObject
        {
            ["kind"] = request.Type!.Kind,
            ["apiVersion"] = request.Type.ApiVersion,
            ["metadata"] = Metadata(request, body),
        };
        if (spec is not null)
        {
            answer["spec"] = spec;
        }

        answer["status"] = status;
        return answer;
    }

    /// <summary>A user as reviews show it: what is empty is left out.</summary>
    public static JsonObject UserInfo(UserInfo user)
    {
        var info = new JsonObject { ["username"] = user.Name };
        if (user.Uid.Length > 0)
        {
            info["uid"] = user.Uid;
        }

        if (user.Groups.Count > 0)
        {
            info["groups"] = Strings(user.Groups);
        }

        if (user.Extra.Count > 0)
        {
            info["extra"] = new JsonObject(user.Extra
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Strings(pair.Value))));
        }

        return info;
    }

    public static JsonArray Strings(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    /// <summary>The spec of the body as a copy; an empty one where there is none.</summary>
    public static JsonObject SpecOf(JsonObject body) => body["spec"]?.DeepClone() as JsonObject ?? [];

    private static JsonObject Metadata(ApiRequest request, JsonObject body)
    {
        var metadata = body["metadata"]?.DeepClone() as JsonObject ?? [];
        if (request.State.ServerVersion.IsLegacy)
        {
            // Written by versions that could not leave an empty time out.
            metadata["creationTimestamp"] = null;
        }

        return metadata;
    }
}
