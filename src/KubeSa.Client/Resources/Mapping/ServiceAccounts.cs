using System.Text.Json.Nodes;
using k8s.Models;
using KubeSa.Api;

namespace KubeSa.Client.Resources.Mapping;

/// <summary>Service accounts, between the client library's words and ours.</summary>
internal static class ServiceAccounts
{
    internal static ServiceAccount ToModel(V1ServiceAccount account)
    {
        var metadata = account.IdentifiedInNamespace();
        return new ServiceAccount
        {
            Namespace = metadata.NamespaceProperty,
            Name = metadata.Name,
            MountableSecrets = account.Secrets?.Select(secret => secret.Name ?? string.Empty).ToArray() ?? [],
            ImagePullSecrets = account.ImagePullSecrets?.Select(secret => secret.Name ?? string.Empty).ToArray() ?? [],
            AutomountToken = account.AutomountServiceAccountToken,
            Labels = metadata.Labels.ToModel(),
            Annotations = metadata.Annotations.ToModel(),
            CreationTimestamp = metadata.CreationTimestamp.ToLocal(),
            Uid = metadata.Uid,
            ResourceVersion = metadata.ResourceVersion,
        };
    }

    internal static V1ServiceAccount ToKubernetes(ServiceAccountSpec spec) => new()
    {
        ApiVersion = "v1",
        Kind = "ServiceAccount",
        Metadata = new V1ObjectMeta
        {
            NamespaceProperty = spec.Namespace,
            Name = spec.Name,
            Labels = spec.Labels?.ToDictionary(),
            Annotations = spec.Annotations?.ToDictionary(),
        },
        ImagePullSecrets = spec.ImagePullSecrets?.Select(name => new V1LocalObjectReference { Name = name }).ToList(),
        AutomountServiceAccountToken = spec.AutomountToken,
    };

    /// <summary>
    /// A merge patch (RFC 7386): a null removes a key, and the list of image pull secrets is replaced as a whole. The uid makes
    /// it fail where the account was deleted and created again.
    /// </summary>
    internal static V1Patch ToPatch(ServiceAccountChange change)
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
            patch["imagePullSecrets"] = new JsonArray([.. secrets.Select(name => new JsonObject { ["name"] = name })]);
        }

        if (change.ChangesAutomountToken)
        {
            patch["automountServiceAccountToken"] = change.AutomountToken;
        }

        return new V1Patch(patch.ToJsonString(), V1Patch.PatchType.MergePatch);
    }

    private static void AddEntries(JsonObject metadata, string field, IReadOnlyDictionary<string, string?>? entries)
    {
        if (entries is { Count: > 0 })
        {
            metadata[field] = new JsonObject(entries.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
        }
    }
}
