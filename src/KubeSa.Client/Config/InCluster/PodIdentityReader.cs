using KubeSa.Api;
using KubeSa.Client.Secrets;
using KubeSa.Client.Tokens;

namespace KubeSa.Client.Config.InCluster;

/// <summary>Reads who a pod is from its mount and its environment.</summary>
internal static class PodIdentityReader
{
    /// <summary>ConnectionNotConfigured where there is no mount. A piece that is missing or broken is left null.</summary>
    internal static PodIdentity Read(string? mountPath, PodEnvironment environment)
    {
        var folder = mountPath ?? PodMount.UsualPath(environment);
        var token = MountFile.Read(Path.Combine(folder, PodMount.TokenFile));
        var ca = MountFile.Read(Path.Combine(folder, PodMount.CaFile));
        var space = MountFile.Read(Path.Combine(folder, PodMount.NamespaceFile));
        if (!token.Exists && !ca.Exists && !space.Exists)
        {
            throw NoMount(folder, mountPath is not null);
        }

        var info = ReadToken(token);
        return new PodIdentity
        {
            Namespace = space.Text?.Trim() is { Length: > 0 } name ? name : info?.Namespace,
            ServiceAccount = info?.ServiceAccount,
            UserName = info?.UserName,
            PodName = info?.PodName ?? HostName(environment),
            ApiServer = environment.FindApiServer(folder).ApiServer,
            MountPath = folder,
            TokenInfo = info,
            Authorities = ca.Text is null ? [] : [.. PemCertificates.Read(ca.Text).Certificates],
            CloudIdentities = [.. CloudIdentities.Find(environment)],
        };
    }

    /// <summary>What the token in a file says of itself; null where there is none that can be decoded.</summary>
    internal static TokenInfo? ReadToken(MountFile file)
    {
        if (file.Text is not { } text)
        {
            return null;
        }

        try
        {
            return TokenReader.Read(text);
        }
        catch (KubeApiException)
        {
            return null;
        }
    }

    // Only in a pod is the host name the pod's name.
    private static string? HostName(PodEnvironment environment) =>
        environment[ServiceEndpoint.HostVariable] is null ? null : environment["HOSTNAME"];

    private static KubeApiException NoMount(string folder, bool given) => new(
        FailureKind.ConnectionNotConfigured,
        given
            ? $"There is no service account in '{folder}': it has neither token nor ca.crt nor namespace. Check -MountPath."
            : $"There is no service account in '{folder}'. Either this is not a pod, and then give -MountPath or use a kubeconfig; "
                + "or automountServiceAccountToken is false on the pod or its account.",
        folder);
}
