using System.Text.Json;
using KubeSa.Analysis.Snapshot;
using KubeSa.Api;
using KubeSa.Client.Json;

namespace KubeSa.Client.Snapshot;

/// <summary>What of a pod's spec decides who it is, what it can read and whether it gets out of its containers. Never the values of variables.</summary>
internal sealed class PodSpecReader(TextPool texts)
{
    // What the server takes where a projected token does not say.
    private const long UsualSeconds = 3600;

    // How the server's admission names the volume that it adds.
    private const string AddedVolume = "kube-api-access-";

    internal SnapshotWorkload Read(SnapshotWorkload workload, JsonElement? spec)
    {
        var containers = Containers(spec).ToList();
        var volumes = TextPool.Elements(spec, "volumes").ToList();
        return workload with
        {
            ServiceAccount = texts.Text(spec, "serviceAccountName") is { Length: > 0 } account ? account
                : texts.Text(spec, "serviceAccount") is { Length: > 0 } old ? old
                : ServiceAccountNames.Default,
            Automount = TextPool.Flag(spec, "automountServiceAccountToken"),
            Images = [.. containers.Select(container => texts.Of(WithoutDigest(SafeJson.Text(container, "image")))).OfType<string>().Distinct()],
            Tokens = [.. volumes.Where(volume => !IsOwn(volume)).SelectMany(Tokens)],
            HasOwnToken = volumes.Any(IsOwn) || containers.Any(container => MountsOldToken(container, volumes)),
            Secrets = [.. volumes.SelectMany(volume => InVolume(volume, "secret", "secretName")).Concat(containers.SelectMany(container => InVariables(container, "secretKeyRef", "secretRef"))).Distinct()],
            ConfigMaps = [.. volumes.SelectMany(volume => InVolume(volume, "configMap", "name")).Concat(containers.SelectMany(container => InVariables(container, "configMapKeyRef", "configMapRef"))).Distinct()],
            Security = Security(spec, containers, volumes),
        };
    }

    private static IEnumerable<JsonElement> Containers(JsonElement? spec) =>
        TextPool.Elements(spec, "initContainers").Concat(TextPool.Elements(spec, "containers")).Concat(TextPool.Elements(spec, "ephemeralContainers"));

    private static bool IsOwn(JsonElement volume) =>
        SafeJson.Text(volume, "name")?.StartsWith(AddedVolume, StringComparison.Ordinal) == true && Sources(volume).Any(source => SafeJson.Find(source, "serviceAccountToken") is not null);

    /// <summary>Servers before 1.22 mount the Secret with the token in the usual folder.</summary>
    private static bool MountsOldToken(JsonElement container, List<JsonElement> volumes) => TextPool.Elements(container, "volumeMounts").Any(mount =>
        SafeJson.Text(mount, "mountPath")?.TrimEnd('/') == TokenMount.UsualFolder
        && volumes.Exists(volume => SafeJson.Text(volume, "name") == SafeJson.Text(mount, "name") && SafeJson.Find(volume, "secret") is not null));

    private IEnumerable<SnapshotToken> Tokens(JsonElement volume) =>
        from source in Sources(volume)
        let token = SafeJson.Find(source, "serviceAccountToken")
        where token is not null
        select new SnapshotToken(
            texts.Text(volume, "name") ?? string.Empty,
            texts.Text(token, "audience") is { Length: > 0 } audience ? audience : null,
            TextPool.Number(token, "expirationSeconds") ?? UsualSeconds);

    private IEnumerable<string> InVolume(JsonElement volume, string kind, string field)
    {
        var own = texts.Text(SafeJson.Find(volume, kind), field);
        return (own is { Length: > 0 } ? [own] : Array.Empty<string>())
            .Concat(Sources(volume).Select(source => texts.Text(SafeJson.Find(source, kind), "name")).OfType<string>());
    }

    private IEnumerable<string> InVariables(JsonElement container, string one, string all) =>
        TextPool.Elements(container, "env").Select(variable => texts.Text(SafeJson.Find(SafeJson.Find(variable, "valueFrom"), one), "name"))
            .Concat(TextPool.Elements(container, "envFrom").Select(source => texts.Text(SafeJson.Find(source, all), "name")))
            .OfType<string>();

    private static IEnumerable<JsonElement> Sources(JsonElement volume) => TextPool.Elements(SafeJson.Find(volume, "projected"), "sources");

    private SnapshotPodSecurity Security(JsonElement? spec, List<JsonElement> containers, List<JsonElement> volumes)
    {
        var settings = containers.ConvertAll(container => SafeJson.Find(container, "securityContext"));
        var ofPod = TextPool.Flag(SafeJson.Find(spec, "securityContext"), "runAsNonRoot");
        var security = new SnapshotPodSecurity
        {
            Privileged = settings.Exists(setting => TextPool.Flag(setting, "privileged") == true),
            HostPid = TextPool.Flag(spec, "hostPID") == true,
            HostNetwork = TextPool.Flag(spec, "hostNetwork") == true,
            HostIpc = TextPool.Flag(spec, "hostIPC") == true,
            HostPaths = [.. volumes.Select(volume => texts.Text(SafeJson.Find(volume, "hostPath"), "path")).OfType<string>().Distinct()],
            Capabilities = [.. settings.SelectMany(setting => texts.Texts(SafeJson.Find(setting, "capabilities"), "add")).Distinct()],
            RunsAsNonRoot = settings.Count > 0 && settings.TrueForAll(setting => (TextPool.Flag(setting, "runAsNonRoot") ?? ofPod) == true),
            ShareProcesses = TextPool.Flag(spec, "shareProcessNamespace") == true,
        };
        return IsUsual(security) ? SnapshotPodSecurity.Usual : security;
    }

    private static bool IsUsual(SnapshotPodSecurity security) => security is
    {
        Privileged: false, HostPid: false, HostNetwork: false, HostIpc: false, HostPaths.Count: 0, Capabilities.Count: 0, RunsAsNonRoot: false, ShareProcesses: false,
    };

    private static string? WithoutDigest(string? image) => image?.Split('@')[0];
}
