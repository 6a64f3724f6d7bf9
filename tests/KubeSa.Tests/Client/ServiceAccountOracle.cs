using k8s.Models;
using KubeSa.Client.Resources.Mapping;

namespace KubeSa.Tests.Client;

/// <summary>Service accounts as the client library's models give them: what our own reader must come to, too.</summary>
internal static class ServiceAccountOracle
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
}
