using k8s.Models;
using KubeSa.Api;

namespace KubeSa.Client.Resources.Mapping;

/// <summary>The Secrets that a pod asks for, by volumes and by variables, as far as a token in them would be seen.</summary>
internal static class SecretUses
{
    private const string TokenKey = "token";

    internal static IEnumerable<SecretUse> Of(V1PodSpec pod) =>
        (pod.InitContainers ?? []).Concat(pod.Containers ?? []).SelectMany(container =>
            (container.VolumeMounts ?? []).Where(PodUses.IsMount).SelectMany(mount => InVolume(pod, mount)).Concat(InVariables(container)));

    private static IEnumerable<SecretUse> InVolume(V1PodSpec pod, V1VolumeMount mount)
    {
        var volume = pod.Volumes?.FirstOrDefault(volume => volume.Name == mount.Name);

        // Servers before 1.22 add a volume that is called as the Secret is, in the usual folder: the pod's own token.
        if (volume?.Secret is { SecretName.Length: > 0 } own
            && !(mount.Name == own.SecretName && mount.MountPath.TrimEnd('/') == TokenMount.UsualFolder)
            && PathOf(mount, own.Items) is { } path)
        {
            yield return new SecretUse(own.SecretName, mount.Name, path);
        }

        foreach (var source in volume?.Projected?.Sources ?? [])
        {
            if (source.Secret is { Name.Length: > 0 } part && PathOf(mount, part.Items) is { } projected)
            {
                yield return new SecretUse(part.Name, mount.Name, projected);
            }
        }
    }

    private static IEnumerable<SecretUse> InVariables(V1Container container) =>
        (container.Env ?? [])
            .Select(variable => variable.ValueFrom?.SecretKeyRef is { Key: TokenKey } key ? key.Name : null)
            .Concat((container.EnvFrom ?? []).Select(source => source.SecretRef?.Name))
            .Where(name => !string.IsNullOrEmpty(name))
            .Select(name => new SecretUse(name!, null, null));

    /// <summary>The file of the token; null where only other parts of the Secret are mounted.</summary>
    private static string? PathOf(V1VolumeMount mount, IList<V1KeyToPath>? items)
    {
        var file = items is null or { Count: 0 } ? TokenKey : items.FirstOrDefault(item => item.Key == TokenKey)?.Path;
        return file is null ? null : PodUses.PathIn(mount, file);
    }
}
