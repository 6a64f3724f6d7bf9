using System.Security.Cryptography;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Controllers.Workloads;

/// <summary>How replica sets and pods are named after their deployment.</summary>
internal static class WorkloadNames
{
    public const string HashLabel = "pod-template-hash";
    private const string Letters = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>The same for the same template: by it a deployment knows its replica set again.</summary>
    public static string HashOf(JsonNode? template)
    {
        var digest = SHA256.HashData(Json.ToUtf8(template ?? new JsonObject()));
        return string.Concat(digest.Take(10).Select(octet => Letters[octet % Letters.Length]));
    }

    /// <summary>Whether a pod was made for a deployment of its namespace.</summary>
    public static bool IsOf(StoredObject pod, string deployment) =>
        pod.Labels.TryGetValue(HashLabel, out var hash)
        && pod.Content()["metadata"]?["ownerReferences"]?[0].Text("name") == $"{deployment}-{hash}";

    /// <summary>The deployment a pod of a replica set was made for, or null.</summary>
    public static string? DeploymentOf(StoredObject pod) =>
        pod.Labels.TryGetValue(HashLabel, out var hash)
        && pod.Content()["metadata"]?["ownerReferences"]?[0].Text("name") is { } owner
        && owner.EndsWith("-" + hash, StringComparison.Ordinal)
            ? owner[..^(hash.Length + 1)]
            : null;

    public static JsonArray OwnedBy(string apiVersion, string kind, string name, string uid) => new(new JsonObject
    {
        ["apiVersion"] = apiVersion,
        ["kind"] = kind,
        ["name"] = name,
        ["uid"] = uid,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    });
}
