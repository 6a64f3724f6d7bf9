using System.Text.Json.Nodes;
using k8s.Models;
using KubeSa.Api;

namespace KubeSa.Client.Resources.Mapping;

/// <summary>Secrets in our words.</summary>
internal static class SecretDocuments
{
    internal static SecretDocument ToModel(V1Secret secret)
    {
        var metadata = secret.IdentifiedInNamespace();
        return new SecretDocument
        {
            // The items of a list do not say what they are.
            Kind = "Secret",
            Type = secret.Type,
            Namespace = metadata.NamespaceProperty,
            Name = metadata.Name,
            Uid = metadata.Uid,
            CreationTimestamp = metadata.CreationTimestamp.ToLocal(),
            Labels = metadata.Labels.ToModel(),
            Annotations = metadata.Annotations.ToModel(),
            Data = secret.Data?.ToDictionary(entry => entry.Key, entry => Convert.ToBase64String(entry.Value ?? []))
                ?? [],
        };
    }

    /// <summary>The patch by which a server refuses the token of this very Secret from a day on, or takes it again.</summary>
    internal static V1Patch ToMark(SecretDocument secret, string? invalidSince) => new(
        new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["uid"] = secret.Uid,
                ["labels"] = new JsonObject { [TokenSecretMarks.InvalidSince] = invalidSince },
            },
        }.ToJsonString(),
        V1Patch.PatchType.MergePatch);

    /// <summary>
    /// A Secret that the token controller fills
    /// (https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets), for this very account
    /// alone: the controller deletes it where another one bears the name by now.
    /// </summary>
    internal static V1Secret ForToken(string name, ServiceAccount account)
    {
        var annotations = new Dictionary<string, string> { ["kubernetes.io/service-account.name"] = account.Name };
        if (account.Uid is { } uid)
        {
            annotations["kubernetes.io/service-account.uid"] = uid;
        }

        return new V1Secret
        {
            ApiVersion = "v1",
            Kind = "Secret",
            Type = "kubernetes.io/service-account-token",
            Metadata = new V1ObjectMeta { NamespaceProperty = account.Namespace, Name = name, Annotations = annotations },
        };
    }

    /// <summary>
    /// A Secret without data, that tokens of the account are bound to. The garbage collector deletes it with the account
    /// (https://kubernetes.io/docs/concepts/architecture/garbage-collection/).
    /// </summary>
    internal static V1Secret ForBinding(string name, ServiceAccount account, IReadOnlyDictionary<string, string> annotations) => new()
    {
        ApiVersion = "v1",
        Kind = "Secret",
        Type = SecretDocument.BindingType,
        Metadata = new V1ObjectMeta
        {
            NamespaceProperty = account.Namespace,
            Name = name,
            Labels = new Dictionary<string, string> { ["app.kubernetes.io/managed-by"] = "KubeSa" },
            Annotations = new Dictionary<string, string>(annotations) { [SecretDocument.AccountAnnotation] = account.Name },
            OwnerReferences = account.Uid is { } uid ? [new V1OwnerReference { ApiVersion = "v1", Kind = "ServiceAccount", Name = account.Name, Uid = uid }] : null,
        },
    };
}
