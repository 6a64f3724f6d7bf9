using k8s.Models;
using KubeSa.Api;

namespace KubeSa.Client.Resources.Mapping;

/// <summary>Pods and pod templates, as far as they use a service account.</summary>
internal static class PodUses
{
    // What the server takes for both where a projected token does not say.
    private const string UsualFile = "token";
    private const long UsualSeconds = 3600;

    // How the server's admission names the volume that it adds.
    private const string AddedVolume = "kube-api-access-";

    internal static PodUse ToModel(V1Pod pod) => Make("Pod", pod, pod.Spec) with
    {
        Phase = pod.Status?.Phase,
        Node = string.IsNullOrEmpty(pod.Spec?.NodeName) ? null : pod.Spec.NodeName,
        IsOver = pod.Status?.Phase is "Succeeded" or "Failed",
    };

    internal static PodUse ToModel(V1Deployment item) => Make("Deployment", item, item.Spec?.Template?.Spec);

    internal static PodUse ToModel(V1StatefulSet item) => Make("StatefulSet", item, item.Spec?.Template?.Spec);

    internal static PodUse ToModel(V1DaemonSet item) => Make("DaemonSet", item, item.Spec?.Template?.Spec);

    internal static PodUse ToModel(V1ReplicaSet item) => Make("ReplicaSet", item, item.Spec?.Template?.Spec);

    internal static PodUse ToModel(V1ReplicationController item) => Make("ReplicationController", item, item.Spec?.Template?.Spec);

    internal static PodUse ToModel(V1CronJob item) => Make("CronJob", item, item.Spec?.JobTemplate?.Spec?.Template?.Spec);

    internal static PodUse ToModel(V1Job item) => Make("Job", item, item.Spec?.Template?.Spec) with
    {
        IsOver = item.Status?.Conditions?.Any(condition => condition is { Type: "Complete" or "Failed", Status: "True" }) == true,
    };

    private static PodUse Make(string kind, IMetadata<V1ObjectMeta> item, V1PodSpec? pod)
    {
        var metadata = item.IdentifiedInNamespace();
        return new PodUse(kind, metadata.Name, Workloads.AccountOf(pod))
        {
            Owner = metadata.OwnerReferences?.FirstOrDefault(owner => owner.Controller == true) is { } owner ? $"{owner.Kind}/{owner.Name}" : null,
            Automount = pod?.AutomountServiceAccountToken,
            Mounts = pod is null ? [] : Mounts(pod).Distinct().ToArray(),
            Secrets = pod is null ? [] : SecretUses.Of(pod).Distinct().ToArray(),
        };
    }

    private static IEnumerable<TokenMount> Mounts(V1PodSpec pod)
    {
        var mounts = (pod.InitContainers ?? []).Concat(pod.Containers ?? []).SelectMany(container => container.VolumeMounts ?? []);
        foreach (var mount in mounts.Where(IsMount))
        {
            var volume = pod.Volumes?.FirstOrDefault(volume => volume.Name == mount.Name);
            foreach (var source in volume?.Projected?.Sources ?? [])
            {
                if (source.ServiceAccountToken is { } token && PathIn(mount, token.Path ?? UsualFile) is { } path)
                {
                    yield return new TokenMount(
                        mount.Name,
                        path,
                        string.IsNullOrEmpty(token.Audience) ? null : token.Audience,
                        token.ExpirationSeconds ?? UsualSeconds,
                        mount.Name.StartsWith(AddedVolume, StringComparison.Ordinal) ? TokenMountKind.Automount : TokenMountKind.Projected);
                }
            }

            // Of other Secrets it cannot be told without reading them whether they hold a token.
            if (volume?.Secret is not null && mount.MountPath.TrimEnd('/') == TokenMount.UsualFolder)
            {
                // Servers before 1.22 add a volume that is called as the Secret is.
                yield return new TokenMount(
                    mount.Name,
                    $"{TokenMount.UsualFolder}/{UsualFile}",
                    null,
                    null,
                    mount.Name == volume.Secret.SecretName ? TokenMountKind.Automount : TokenMountKind.Secret);
            }
        }
    }

    /// <summary>Whether it has what every mount has, and which the client library does not see to.</summary>
    internal static bool IsMount(V1VolumeMount mount) => mount is { Name: not null, MountPath: not null };

    /// <summary>Where a file of a volume is; null where another part of the volume is mounted.</summary>
    internal static string? PathIn(V1VolumeMount mount, string file)
    {
        var folder = mount.MountPath.TrimEnd('/');
        var part = mount.SubPath?.Trim('/');
        return part switch
        {
            null or "" => $"{folder}/{file}",
            _ when part == file => folder,
            _ when file.StartsWith($"{part}/", StringComparison.Ordinal) => $"{folder}/{file[(part.Length + 1)..]}",
            _ => null,
        };
    }
}
