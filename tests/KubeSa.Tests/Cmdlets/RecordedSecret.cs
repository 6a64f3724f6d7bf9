using System.Text.Json.Nodes;
using KubeSa.Tests.Engine;

namespace KubeSa.Tests.Cmdlets;

/// <summary>A token Secret as a real server (1.36.2) gave it, to be bent by tests.</summary>
internal static class RecordedSecret
{
    internal const string Type = "kubernetes.io/service-account-token";

    internal static JsonObject New(string? name = null)
    {
        var path = Path.Combine(Repository.Root, "tests", "Contract", "recordings", "kubernetes-1.36", "10-05-secret-get.json");
        var secret = JsonNode.Parse(File.ReadAllText(path))!["response"]!["body"]!.DeepClone().AsObject();
        if (name is not null)
        {
            secret["metadata"]!["name"] = name;
        }

        return secret;
    }

    internal static string Token => Decode(New(), "token");

    internal static string Decode(JsonObject secret, string key) =>
        System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)secret["data"]![key]!));

    internal static string Yaml(string name) =>
        $"""
        apiVersion: v1
        kind: Secret
        type: {Type}
        metadata:
          name: {name}
          namespace: team-a
          annotations:
            kubernetes.io/service-account.name: legacy
        data:
          token: {(string)New()["data"]!["token"]!}
          ca.crt: {(string)New()["data"]!["ca.crt"]!}
          namespace: dGVhbS1h
        """;
}
