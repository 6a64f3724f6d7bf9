using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeSa;

/// <summary>Plans as JSON, the form in which they are reviewed, and in which an undo outlives whoever made it.</summary>
internal static class AccessPlanJson
{
    private const string Kind = "AccessPlan";
    private const int Version = 1;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Write(AccessPlan plan) => new JsonObject
    {
        ["kind"] = Kind,
        ["version"] = Version,
        ["namespace"] = plan.Namespace,
        ["serviceAccount"] = plan.ServiceAccount,
        ["cluster"] = plan.Cluster,
        ["server"] = plan.ClusterServer,
        ["profile"] = plan.Profile.ToString(),
        ["isUndo"] = plan.IsUndo,
        ["days"] = plan.Days,
        ["daysNeeded"] = plan.DaysNeeded,
        ["confidence"] = plan.Confidence.ToString(),
        ["wouldRefuse"] = new JsonArray([.. plan.WouldRefuse.Select(use => (JsonNode)use.Right)]),
        ["rules"] = new JsonArray([.. plan.Rules.Select(rule => (JsonNode)rule)]),
        ["creates"] = new JsonArray([.. plan.Creates.Select(Of)]),
        ["removes"] = new JsonArray([.. plan.Removes.Select(Of)]),
    }.ToJsonString(Indented);

    /// <summary>Reads a plan; FormatException, in words for the user, where the text is none.</summary>
    internal static AccessPlan Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.GetProperty("kind").GetString() != Kind || root.GetProperty("version").GetInt32() != Version)
            {
                throw new FormatException($"it is not a plan of version {Version}.");
            }

            var plan = new AccessPlan
            {
                Namespace = root.GetProperty("namespace").GetString()!,
                ServiceAccount = root.GetProperty("serviceAccount").GetString()!,
                Profile = Enum.Parse<AccessPlanProfile>(root.GetProperty("profile").GetString()!),
                IsUndo = root.GetProperty("isUndo").GetBoolean(),
                Days = root.GetProperty("days").GetInt32(),
                DaysNeeded = root.GetProperty("daysNeeded").GetInt32(),
                Confidence = Enum.Parse<AccessPlanConfidence>(root.GetProperty("confidence").GetString()!),
                WouldRefuse = [.. root.GetProperty("wouldRefuse").EnumerateArray().Select(right => new AccessUse { UserName = string.Empty, Verb = right.GetString()! })],
                Rules = [.. root.GetProperty("rules").EnumerateArray().Select(rule => rule.GetString()!)],
                Creates = [.. root.GetProperty("creates").EnumerateArray().Select(Object)],
                Removes = [.. root.GetProperty("removes").EnumerateArray().Select(Object)],
            };
            if (root.GetProperty("server").GetString() is { } server)
            {
                plan.CameFrom(null, root.GetProperty("cluster").GetString() ?? server, server);
            }

            return plan;
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or NullReferenceException)
        {
            throw new FormatException("it is not a plan, or a damaged one.", failure);
        }
    }

    private static JsonNode Of(AccessPlanObject item) => new JsonObject
    {
        ["action"] = item.Action.ToString(),
        ["kind"] = item.Kind,
        ["namespace"] = item.Namespace,
        ["name"] = item.Name,
        ["uid"] = item.Uid,
        ["reason"] = item.Reason,
        ["manifest"] = JsonNode.Parse(item.Manifest),
    };

    private static AccessPlanObject Object(JsonElement item) => new()
    {
        Action = Enum.Parse<AccessPlanAction>(item.GetProperty("action").GetString()!),
        Kind = item.GetProperty("kind").GetString()!,
        Namespace = item.GetProperty("namespace").GetString(),
        Name = item.GetProperty("name").GetString()!,
        Uid = item.GetProperty("uid").GetString(),
        Reason = item.GetProperty("reason").GetString(),
        Manifest = item.GetProperty("manifest").GetRawText(),
    };
}
