using System.Globalization;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Operations;

/// <summary>Versions in queries.</summary>
internal static class ResourceVersions
{
    /// <summary>Null when there is none; throws what the server throws for a malformed one, which depends on the verb.</summary>
    public static long? Parse(ApiRequest request, string parameter)
    {
        var text = request.Info.Parameter(parameter);
        if (text.Length == 0)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return version;
        }

        var wrong = $"resourceVersion: Invalid value: \"{text}\": strconv.ParseUint: parsing \"{text}\": invalid syntax";
        throw request.State.ServerVersion.IsLegacy || request.Info.Verb == "watch"
            ? new ApiError(500, "", wrong)
            : ApiError.BadRequest($"invalid resource version: {wrong}");
    }

    /// <summary>A version that does not exist yet; real servers wait three seconds for it first.</summary>
    public static ApiError TooLarge(long version, long current) =>
        new(504, "Timeout", $"Timeout: Too large resource version: {version}, current: {current}", new JsonObject
        {
            ["causes"] = new JsonArray(new JsonObject { ["reason"] = "ResourceVersionTooLarge", ["message"] = "Too large resource version" }),
            ["retryAfterSeconds"] = 1,
        })
        { RetryAfterSeconds = 1 };
}
