using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>Who runs as which account in one namespace, from one list of each kind.</summary>
internal sealed class NamespaceUsage
{
    private readonly string _namespace;
    private readonly Dictionary<string, PodUse> _templates;
    private readonly List<ServiceAccountUsage> _usages;

    internal NamespaceUsage(string @namespace, IReadOnlyList<PodUse> pods, IReadOnlyList<PodUse> templates)
    {
        _namespace = @namespace;
        _templates = templates.ToDictionary(template => template.Reference);
        var withPods = pods.Where(pod => !pod.IsOver).Select(pod => (Root(pod)?.Reference, pod.ServiceAccount)).ToHashSet();

        // Old ReplicaSets of a Deployment and the Jobs of a CronJob say what was; their owner says what will be.
        var waiting = templates.Where(template =>
            !template.IsOver
            && (template.Owner is null || !_templates.ContainsKey(template.Owner))
            && !withPods.Contains((template.Reference, template.ServiceAccount)));
        _usages =
        [
            .. pods.SelectMany(pod => Lines(pod, pod.Name, Root(pod)?.Reference ?? pod.Owner)),
            .. waiting.SelectMany(template => Lines(template, null, template.Reference)),
        ];
    }

    /// <summary>All of it, by account and pod.</summary>
    internal IEnumerable<ServiceAccountUsage> All => _usages
        .OrderBy(usage => usage.ServiceAccount, StringComparer.Ordinal)
        .ThenBy(usage => usage.Pod, StringComparer.Ordinal);

    /// <summary>Who runs, ran or would run as the account.</summary>
    internal IEnumerable<ServiceAccountUsage> Of(string account) => All.Where(usage => usage.ServiceAccount == account);

    /// <summary>The account as one that nobody runs as; null where somebody does.</summary>
    internal ServiceAccountUsage? Unused(string account) => _usages.Any(usage => usage.ServiceAccount == account && usage.IsUsed)
        ? null
        : new ServiceAccountUsage { Namespace = _namespace, ServiceAccount = account, IsUsed = false };

    /// <summary>The workload at the top: of a pod's ReplicaSet the Deployment, of its Job the CronJob.</summary>
    private PodUse? Root(PodUse pod)
    {
        var owner = Owner(pod);
        return owner is null ? null : Owner(owner) ?? owner;
    }

    private PodUse? Owner(PodUse use) => use.Owner is null ? null : _templates.GetValueOrDefault(use.Owner);

    private IEnumerable<ServiceAccountUsage> Lines(PodUse use, string? pod, string? workload)
    {
        // What the server mounted by itself stands in a pod; in a template there is only what was asked for.
        var automount = pod is null ? use.Automount : use.Mounts.Any(mount => mount.IsUsual);
        TokenMount?[] mounts = use.Mounts.Count == 0 ? [null] : [.. use.Mounts];
        return mounts.Select(mount => new ServiceAccountUsage
        {
            Namespace = _namespace,
            ServiceAccount = use.ServiceAccount,
            Pod = pod,
            PodPhase = use.Phase,
            Workload = workload,
            Node = use.Node,
            Automount = automount,
            Mount = mount?.Kind ?? automount switch
            {
                true => TokenMountKind.Automount,
                false => TokenMountKind.None,
                null => null,
            },
            TokenPath = mount?.Path,
            TokenAudience = mount?.Audience,
            TokenExpirationSeconds = mount?.ExpirationSeconds,
            Volume = mount?.Volume,
            IsUsed = !use.IsOver,
        });
    }
}
