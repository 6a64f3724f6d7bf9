using System.Text.Json.Nodes;
using KubeSa.Sandbox.Tokens;

namespace KubeSa.Sandbox.Admission;

/// <summary>The volume that brings an account's token into a pod: a Secret of old, a projection since 1.21.</summary>
internal static class TokenVolumes
{
    private const string ProjectedPrefix = "kube-api-access-";
    private const int DefaultMode = 420;

    public static JsonObject OfSecret(string name) => new()
    {
        ["name"] = name,
        ["secret"] = new JsonObject { ["secretName"] = name, ["defaultMode"] = DefaultMode },
    };

    public static JsonObject Projected() => new()
    {
        ["name"] = ProjectedPrefix + RandomName.Suffix(),
        ["projected"] = new JsonObject
        {
            ["sources"] = new JsonArray(
                new JsonObject
                {
                    ["serviceAccountToken"] = new JsonObject { ["expirationSeconds"] = TokenIssuer.KubeletSeconds, ["path"] = "token" },
                },
                new JsonObject
                {
                    ["configMap"] = new JsonObject
                    {
                        ["name"] = "kube-root-ca.crt",
                        ["items"] = new JsonArray(new JsonObject { ["key"] = "ca.crt", ["path"] = "ca.crt" }),
                    },
                },
                new JsonObject
                {
                    ["downwardAPI"] = new JsonObject
                    {
                        ["items"] = new JsonArray(new JsonObject
                        {
                            ["path"] = "namespace",
                            ["fieldRef"] = new JsonObject { ["apiVersion"] = "v1", ["fieldPath"] = "metadata.namespace" },
                        }),
                    },
                }),
            ["defaultMode"] = DefaultMode,
        },
    };

    /// <summary>The name of a volume the pod brings along that serves the same end, or null.</summary>
    public static string? FindExisting(JsonObject spec, JsonObject wanted)
    {
        var secret = wanted.Text("secret", "secretName");
        var existing = (spec["volumes"] as JsonArray ?? []).FirstOrDefault(volume => secret is null
            ? volume.Text("name")?.StartsWith(ProjectedPrefix, StringComparison.Ordinal) == true
            : volume.Text("secret", "secretName") == secret);
        return existing.Text("name");
    }
}
