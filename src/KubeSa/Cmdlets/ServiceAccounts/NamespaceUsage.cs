using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>Who runs as which account in one namespace, and who holds its token, from one list of each kind.</summary>
internal sealed class NamespaceUsage
{
    private readonly string _namespace;
    private readonly Dictionary<string, PodUse> _templates;
    private readonly IReadOnlyDictionary<string, string?> _tokenSecrets;
    private readonly List<ServiceAccountUsage> _usages;

    /// <param name="namespace">The namespace.</param>
    /// <param name="pods">Its pods.</param>
    /// <param name="templates">Its objects with pod templates.</param>
    /// <param name="tokenSecrets">The names of its Secrets with tokens, and the account of each; null where they were not looked at.</param>
    internal NamespaceUsage(
        string @namespace, IReadOnlyList<PodUse> pods, IReadOnlyList<PodUse> templates, IReadOnlyDictionary<string, string?>? tokenSecrets = null)
    {
        _namespace = @namespace;
        _templates = templates.ToDictionary(template => template.Reference);
        _tokenSecrets = tokenSecrets ?? new Dictionary<string, string?>();
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

    /// <summary>Who runs, ran or would run as the account, or holds its token.</summary>
    internal IEnumerable<ServiceAccountUsage> Of(string account) => All.Where(usage => usage.ServiceAccount == account);

    /// <summary>Whether anybody runs as the account or holds its token, now or when it starts again.</summary>
    internal bool IsUsed(string account) => _usages.Any(usage => usage.ServiceAccount == account && usage.IsUsed == true);

    /// <summary>The workload at the top: of a pod's ReplicaSet the Deployment, of its Job the CronJob.</summary>
    private PodUse? Root(PodUse pod)
    {
        var owner = Owner(pod);
        return owner is null ? null : Owner(owner) ?? owner;
    }

    private PodUse? Owner(PodUse use) => use.Owner is null ? null : _templates.GetValueOrDefault(use.Owner);

    private IEnumerable<ServiceAccountUsage> Lines(PodUse use, string? pod, string? workload)
    {
        // A token is of the account that its Secret names, whoever mounts it and wherever.
        var stored = use.Secrets
            .Select(secret => (Account: _tokenSecrets.GetValueOrDefault(secret.Secret), Mount: StoredMount(secret), secret.Secret))
            .Where(secret => secret.Account is not null)
            .ToLookup(secret => secret.Account!, secret => (secret.Mount, secret.Secret));
        var own = use.Mounts
            .Where(mount => !stored.Any(secrets => secrets.Any(secret => secret.Mount.Path == mount.Path && secret.Mount.Volume == mount.Volume)))
            .ToList();

        // What the server mounted by itself stands in a pod; in a template there is only what was asked for.
        var automount = pod is null ? use.Automount : own.Any(mount => mount.IsUsual);
        var mounts = own.Select(mount => ((TokenMount?)mount, (string?)null)).Concat(stored[use.ServiceAccount].Select(held => ((TokenMount?)held.Mount, (string?)held.Secret))).ToList();
        foreach (var (mount, secret) in mounts.Count == 0 ? [(null, null)] : mounts)
        {
            yield return Line(use, pod, workload, use.ServiceAccount, mount, secret, automount);
        }

        foreach (var secrets in stored.Where(secrets => secrets.Key != use.ServiceAccount))
        {
            foreach (var (mount, secret) in secrets)
            {
                yield return Line(use, pod, workload, secrets.Key, mount, secret, false);
            }
        }
    }

    private static TokenMount StoredMount(SecretUse secret) =>
        new(secret.Volume ?? string.Empty, secret.Path ?? string.Empty, null, null, TokenMountKind.Secret);

    private ServiceAccountUsage Line(PodUse use, string? pod, string? workload, string account, TokenMount? mount, string? secret, bool? automount) => new()
    {
        Namespace = _namespace,
        ServiceAccount = account,
        RunsAs = account == use.ServiceAccount ? null : use.ServiceAccount,
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
        TokenPath = string.IsNullOrEmpty(mount?.Path) ? null : mount.Path,
        TokenAudience = mount?.Audience,
        TokenExpirationSeconds = mount?.ExpirationSeconds,
        Secret = secret,
        Volume = string.IsNullOrEmpty(mount?.Volume) ? null : mount.Volume,
        IsUsed = !use.IsOver,
    };
}
