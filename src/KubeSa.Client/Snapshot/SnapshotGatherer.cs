using System.Text.Json;
using KubeSa.Analysis.Snapshot;
using KubeSa.Api;

namespace KubeSa.Client.Snapshot;

/// <summary>Gathers a snapshot: all lists side by side, a few at a time.</summary>
internal sealed class SnapshotGatherer
{
    private const string Core = "api/v1";
    private const string Rbac = "apis/rbac.authorization.k8s.io/v1";
    private const string Admission = "apis/admissionregistration.k8s.io/";

    // Types that decide something, or that many Secrets are of. Those of no other are listed without a type.
    private static readonly string[] SecretTypes =
    [
        SnapshotSecret.TokenType, "Opaque", "bootstrap.kubernetes.io/token", "cluster.x-k8s.io/secret", "kubernetes.io/dockerconfigjson", "kubernetes.io/dockercfg",
        "kubernetes.io/tls", "kubernetes.io/basic-auth", "kubernetes.io/ssh-auth", "helm.sh/release.v1",
    ];

    private readonly SnapshotApi _lists;
    private readonly IKubeApi _api;
    private readonly TextPool _texts = new();
    private readonly ObjectReader _objects;
    private readonly RbacReader _rbac;

    internal SnapshotGatherer(SnapshotApi lists, IKubeApi api)
    {
        (_lists, _api) = (lists, api);
        _objects = new ObjectReader(_texts);
        _rbac = new RbacReader(_texts, _objects);
    }

    internal async Task<AccessSnapshot> GatherAsync(CallContext call)
    {
        using var parts = new PartReader(_lists, _api.Info, call);
        return await parts.RunAsync(() => GatherAsync(parts)).ConfigureAwait(false);
    }

    private async Task<AccessSnapshot> GatherAsync(PartReader parts)
    {
        var takenAt = DateTime.UtcNow;
        var namespaces = parts.ReadAsync(List(SnapshotParts.Namespaces, false, _objects.Namespace, item => item.Name));
        parts.NamesForForbidden = namespaces;
        var nodes = parts.ReadAsync(List(SnapshotParts.Nodes, false, _objects.Node, item => item.Name) with { MetadataOnly = true });
        var accounts = parts.ReadAsync(List(SnapshotParts.Accounts, true, _objects.Account, item => item.ToString()));
        var pods = parts.ReadAsync(List(SnapshotParts.Pods, true, _objects.Pod, KeyOf));
        var clusterRoles = parts.ReadAsync(List(SnapshotParts.ClusterRoles, false, _rbac.Role, item => item.Name, Rbac));
        var roles = parts.ReadAsync(List(SnapshotParts.Roles, true, _rbac.Role, item => $"{item.Namespace}/{item.Name}", Rbac));
        var clusterBindings = parts.ReadAsync(List(SnapshotParts.ClusterRoleBindings, false, _rbac.Binding, item => item.Name, Rbac));
        var bindings = parts.ReadAsync(List(SnapshotParts.RoleBindings, true, _rbac.Binding, item => $"{item.Namespace}/{item.Name}", Rbac));
        var workloads = Templates().Select(parts.ReadAsync).ToList();
        var admission = Admissions().Select(parts.ReadAsync).ToList();
        var secrets = SecretsAsync(parts);
        var drivers = parts.ReadAsync(List(SnapshotParts.CsiDrivers, false, _objects.CsiDriver, item => item.Name, "apis/storage.k8s.io/v1", "apis/storage.k8s.io/v1beta1"));
        var services = parts.ReadAsync(List(SnapshotParts.ApiServices, false, _objects.ApiService, item => item.Name, "apis/apiregistration.k8s.io/v1"));
        var configMaps = DecidingConfigMaps.All.Select(map => parts.ReadAsync(ConfigMap(map), map.Namespace)).ToList();
        var cluster = ClusterAsync(parts);
        var resources = parts.OneAsync(SnapshotParts.Resources, async inner => (IReadOnlyList<SnapshotResource>)
            [.. (await _api.ListResourcesAsync(inner).ConfigureAwait(false)).Select(item => new SnapshotResource(_texts.Of(item.Group)!, _texts.Of(item.Name)!, _texts.Of(item.Kind)!, item.Namespaced))]);

        return new AccessSnapshot
        {
            TakenAt = takenAt,
            Cluster = await cluster.ConfigureAwait(false),
            Namespaces = await namespaces.ConfigureAwait(false),
            Nodes = await nodes.ConfigureAwait(false),
            Accounts = await accounts.ConfigureAwait(false),
            Roles = [.. await clusterRoles.ConfigureAwait(false), .. await roles.ConfigureAwait(false)],
            Bindings = [.. await clusterBindings.ConfigureAwait(false), .. await bindings.ConfigureAwait(false)],
            Pods = await pods.ConfigureAwait(false),
            Workloads = await JoinAsync(workloads).ConfigureAwait(false),
            Secrets = await secrets.ConfigureAwait(false),
            ConfigMaps = await JoinAsync(configMaps).ConfigureAwait(false),
            Admission = await JoinAsync(admission).ConfigureAwait(false),
            CsiDrivers = await drivers.ConfigureAwait(false),
            ApiServices = await services.ConfigureAwait(false),
            Resources = await resources.ConfigureAwait(false) ?? [],
            NotRead = parts.NotRead,
        };
    }

    private IEnumerable<PartList<SnapshotWorkload>> Templates()
    {
        yield return Template(SnapshotParts.Deployments, "Deployment", "apps", "apis/apps/v1");
        yield return Template(SnapshotParts.StatefulSets, "StatefulSet", "apps", "apis/apps/v1");
        yield return Template(SnapshotParts.DaemonSets, "DaemonSet", "apps", "apis/apps/v1");
        yield return Template(SnapshotParts.ReplicaSets, "ReplicaSet", "apps", "apis/apps/v1");
        yield return Template(SnapshotParts.Jobs, "Job", "batch", "apis/batch/v1");
        yield return Template(SnapshotParts.CronJobs, "CronJob", "batch", "apis/batch/v1", "apis/batch/v1beta1");
        yield return Template(SnapshotParts.ReplicationControllers, "ReplicationController", string.Empty, Core);
    }

    private IEnumerable<PartList<SnapshotAdmission>> Admissions()
    {
        const string Mutating = "MutatingWebhookConfiguration", Validating = "ValidatingWebhookConfiguration";
        yield return List(SnapshotParts.MutatingWebhooks, false, item => _objects.Webhook(item, Mutating), item => item.Name, $"{Admission}v1");
        yield return List(SnapshotParts.ValidatingWebhooks, false, item => _objects.Webhook(item, Validating), item => item.Name, $"{Admission}v1");
        yield return Policies(SnapshotParts.MutatingPolicies, "MutatingAdmissionPolicy");
        yield return Policies(SnapshotParts.ValidatingPolicies, "ValidatingAdmissionPolicy");
    }

    private PartList<SnapshotAdmission> Policies(string part, string kind) =>
        List(part, false, item => _objects.Policy(item, kind), item => item.Name, $"{Admission}v1", $"{Admission}v1beta1", $"{Admission}v1alpha1");

    private PartList<SnapshotWorkload> Template(string part, string kind, string group, params string[] paths) =>
        List(part, true, item => _objects.Template(item, kind, group), KeyOf, paths);

    private PartList<SnapshotName> ConfigMap(SnapshotName map) =>
        List(SnapshotParts.ConfigMaps, true, _objects.NameOf, item => $"{item.Namespace}/{item.Name}") with { MetadataOnly = true, FieldSelector = $"metadata.name={map.Name}" };

    /// <summary>The Secrets by their metadata; the type is not among them, so those of each type are listed once more.</summary>
    private async Task<IReadOnlyList<SnapshotSecret>> SecretsAsync(PartReader parts)
    {
        var list = List(SnapshotParts.Secrets, true, _objects.Secret, item => item.ToString()) with { MetadataOnly = true };
        var all = await parts.ReadAsync(list).ConfigureAwait(false);
        if (all.Count == 0)
        {
            return all;
        }

        var byType = SecretTypes.Select(type => (Type: type, Of: parts.ReadAsync(list with { FieldSelector = $"type={type}" }))).ToList();
        var types = new Dictionary<(string, string), string>();
        foreach (var (type, of) in byType)
        {
            foreach (var secret in await of.ConfigureAwait(false))
            {
                types[(secret.Namespace, secret.Name)] = type;
            }
        }

        return [.. all.Select(secret => types.TryGetValue((secret.Namespace, secret.Name), out var type) ? secret with { Type = type } : secret)];
    }

    private async Task<SnapshotCluster> ClusterAsync(PartReader parts)
    {
        var version = parts.OneAsync(SnapshotParts.Version, _api.GetVersionAsync);
        var issuer = parts.OneAsync<string>(SnapshotParts.Issuer, async call => await _api.GetIssuerAsync(call).ConfigureAwait(false));
        var keys = parts.OneAsync<string[]>(SnapshotParts.Keys, async call => KeyIds(await _api.GetSigningKeysAsync(call).ConfigureAwait(false)));
        return new SnapshotCluster
        {
            Name = _texts.Of(_api.Info.Context ?? _api.Info.Server)!,
            Server = _api.Info.Server,
            Version = _texts.Of(await version.ConfigureAwait(false)),
            Issuer = _texts.Of(await issuer.ConfigureAwait(false)),
            KeyIds = await keys.ConfigureAwait(false) ?? [],
        };
    }

    private string[] KeyIds(string keys)
    {
        using var json = JsonDocument.Parse(keys);
        return [.. TextPool.Elements(json.RootElement, "keys").Select(key => _texts.Text(key, "kid")).OfType<string>().Distinct()];
    }

    private static PartList<T> List<T>(string part, bool namespaced, Func<JsonElement, T?> map, Func<T, string> key, params string[] paths)
        where T : class => new(part, paths.Length == 0 ? [Core] : paths, namespaced, map, key);

    private static string KeyOf(SnapshotWorkload item) => $"{item.Namespace}/{item.Name}";

    private static async Task<IReadOnlyList<T>> JoinAsync<T>(IEnumerable<Task<IReadOnlyList<T>>> parts) =>
        [.. (await Task.WhenAll(parts).ConfigureAwait(false)).SelectMany(part => part)];
}
