using System.Globalization;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Decoding;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Operations;

/// <summary>How to delete, from the query or from the body.</summary>
internal sealed record DeleteOptions(string Propagation, long? GracePeriodSeconds, string? Uid, string? Version, bool IsDryRun)
{
    private static readonly string[] Policies = ["Foreground", "Background", "Orphan"];

    public static async Task<DeleteOptions> ReadAsync(ApiRequest request)
    {
        var body = Parse(request, await BodyDecoder.ReadAsync(request));
        var propagation = body.Text("propagationPolicy") ?? request.Info.Parameter("propagationPolicy");
        var orphans = (bool?)body?["orphanDependents"] ?? RequestInfo.IsTrue(request.Info.Parameter("orphanDependents"));
        var errors = propagation.Length == 0 || Policies.Contains(propagation)
            ? Array.Empty<FieldError>()
            : [FieldError.NotSupported("propagationPolicy", $"\"{propagation}\"", [.. Policies, "nil"])];
        WriteOptions.Check(request, "DeleteOptions", errors);
        return new DeleteOptions(
            orphans ? "Orphan" : propagation,
            (long?)body?["gracePeriodSeconds"] ?? ParseSeconds(request.Info.Parameter("gracePeriodSeconds")),
            body.Text("preconditions", "uid"),
            body.Text("preconditions", "resourceVersion"),
            request.IsDryRun || (body?["dryRun"] as JsonArray)?.Count > 0);
    }

    private static JsonObject? Parse(ApiRequest request, byte[] body)
    {
        if (body.Length == 0)
        {
            return null;
        }

        var json = new BodyDecoder(request).ToJson(body);
        if (GoJson.Check(json) is { } problem)
        {
            var message = $"couldn't get version/kind; json parse error: {problem}";
            throw request.State.ServerVersion.IsLegacy ? new ApiError(500, "", message) : ApiError.BadRequest(message);
        }

        return JsonNode.Parse(json) as JsonObject;
    }

    private static long? ParseSeconds(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
}
