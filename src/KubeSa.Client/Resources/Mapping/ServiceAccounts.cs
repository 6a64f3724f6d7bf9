using System.Text;
using System.Text.Json.Nodes;
using KubeSa.Api;

namespace KubeSa.Client.Resources.Mapping;

/// <summary>Service accounts as they are sent. They are read by ServiceAccountJson.</summary>
internal static class ServiceAccounts
{
    internal static byte[] ToJson(ServiceAccountSpec spec)
    {
        var metadata = new JsonObject { ["namespace"] = spec.Namespace, ["name"] = spec.Name };
        AddEntries(metadata, "labels", spec.Labels?.Select(Nullable));
        AddEntries(metadata, "annotations", spec.Annotations?.Select(Nullable));
        var account = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ServiceAccount", ["metadata"] = metadata };
        if (spec.ImagePullSecrets is { } secrets)
        {
            account["imagePullSecrets"] = References(secrets);
        }

        if (spec.AutomountToken is { } automount)
        {
            account["automountServiceAccountToken"] = automount;
        }

        return Encoding.UTF8.GetBytes(account.ToJsonString());
    }

    /// <summary>
    /// A merge patch (RFC 7386): a null removes a key, and the list of image pull secrets is replaced as a whole. The uid makes
    /// it fail where the account was deleted and created again.
    /// </summary>
    internal static byte[] ToPatch(ServiceAccountChange change)
    {
        var metadata = new JsonObject();
        if (change.Uid is { } uid)
        {
            metadata["uid"] = uid;
        }

        AddEntries(metadata, "labels", change.Labels);
        AddEntries(metadata, "annotations", change.Annotations);
        var patch = new JsonObject();
        if (metadata.Count > 0)
        {
            patch["metadata"] = metadata;
        }

        if (change.ImagePullSecrets is { } secrets)
        {
            patch["imagePullSecrets"] = References(secrets);
        }

        if (change.ChangesAutomountToken)
        {
            patch["automountServiceAccountToken"] = change.AutomountToken;
        }

        return Encoding.UTF8.GetBytes(patch.ToJsonString());
    }

    private static KeyValuePair<string, string?> Nullable(KeyValuePair<string, string> entry) => new(entry.Key, entry.Value);

    private static JsonArray References(IEnumerable<string> secrets) => new([.. secrets.Select(name => new JsonObject { ["name"] = name })]);

    private static void AddEntries(JsonObject metadata, string field, IEnumerable<KeyValuePair<string, string?>>? entries)
    {
        if (entries?.Any() == true)
        {
            metadata[field] = new JsonObject(entries.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
        }
    }
}
