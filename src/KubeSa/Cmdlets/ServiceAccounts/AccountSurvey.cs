using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>
/// Looks at all that may use the accounts of a namespace. A pipeline of accounts lists each kind once for each namespace,
/// and the bindings once for the cluster.
/// </summary>
/// <param name="activity">The title of the progress bar.</param>
internal sealed class AccountSurvey(string activity)
{
    /// <summary>What the look at token Secrets is called.</summary>
    internal const string TokenSecrets = "token Secrets";

    private static readonly WorkloadKind[] Kinds = Enum.GetValues<WorkloadKind>();

    private readonly Dictionary<(Connection Cluster, string Namespace), (LookupResult<PodUse> Pods, List<LookupResult<PodUse>> Templates)> _users = [];
    private readonly Dictionary<(Connection Cluster, string Namespace), LookupResult<SecretDocument>> _secrets = [];
    private readonly Dictionary<(Connection Cluster, string? Namespace), LookupResult<RoleBinding>> _roleBindings = [];
    private readonly Dictionary<Connection, LookupResult<RoleBinding>> _clusterRoleBindings = [];

    /// <summary>Whether the namespace was looked at before, and so is known to exist.</summary>
    internal bool Knows(Connection cluster, string ns) => _users.ContainsKey((cluster, ns));

    /// <summary>Pods and workloads alone, and the token Secrets where a pod asks for a Secret that may be one.</summary>
    internal async Task<AccountSurroundings> OfUsersAsync(Connection cluster, string ns, CallContext call)
    {
        var (pods, templates) = await UsersAsync(cluster, ns, call).ConfigureAwait(false);
        var asksForSecrets = pods.Items.Concat(templates.SelectMany(look => look.Items)).Any(use => use.Secrets.Count > 0);
        LookupResult<SecretDocument>[] secrets = asksForSecrets ? [await SecretsAsync(cluster, ns, call).ConfigureAwait(false)] : [];
        return Compose(ns, pods, templates, secrets, []);
    }

    /// <summary>Pods and workloads, and the token Secrets whether or not a pod asks for one.</summary>
    internal async Task<AccountSurroundings> OfTokensAsync(Connection cluster, string ns, CallContext call)
    {
        var (pods, templates) = await UsersAsync(cluster, ns, call).ConfigureAwait(false);
        return Compose(ns, pods, templates, [await SecretsAsync(cluster, ns, call).ConfigureAwait(false)], []);
    }

    /// <summary>Everything.</summary>
    internal async Task<AccountSurroundings> OfAllAsync(Connection cluster, string ns, CallContext call)
    {
        var (pods, templates) = await UsersAsync(cluster, ns, call).ConfigureAwait(false);
        var secrets = await SecretsAsync(cluster, ns, call).ConfigureAwait(false);
        return Compose(ns, pods, templates, [secrets], await BindingsAsync(cluster, ns, call).ConfigureAwait(false));
    }

    private static AccountSurroundings Compose(
        string ns, LookupResult<PodUse> pods, List<LookupResult<PodUse>> templates, LookupResult<SecretDocument>[] secrets, LookupResult<RoleBinding>[] bindings)
    {
        var found = secrets.SelectMany(look => look.Items).ToList();
        var owners = found.ToDictionary(secret => secret.Name!, secret => secret.Annotations.GetValueOrDefault(TokenSecretMarks.Account));
        return new AccountSurroundings(
            ns,
            new NamespaceUsage(ns, pods.Items, [.. templates.SelectMany(look => look.Items)], owners),
            found,
            [.. bindings.SelectMany(look => look.Items)],
            [pods, .. templates, .. secrets, .. bindings])
        {
            UsersFailure = templates.Prepend(pods).FirstOrDefault(look => look.Failure is not null)?.Failure,
        };
    }

    private async Task<(LookupResult<PodUse> Pods, List<LookupResult<PodUse>> Templates)> UsersAsync(Connection cluster, string ns, CallContext call)
    {
        if (!_users.TryGetValue((cluster, ns), out var users))
        {
            users = (await LookAsync("pods", cluster.Api.ListPodUsesAsync(ns, call), call).ConfigureAwait(false), []);
            foreach (var kind in Kinds)
            {
                users.Templates.Add(await LookAsync($"{kind}s", cluster.Api.ListTemplateUsesAsync(kind, ns, call), call).ConfigureAwait(false));
            }

            _users.Add((cluster, ns), users);
        }

        return users;
    }

    private async Task<LookupResult<SecretDocument>> SecretsAsync(Connection cluster, string ns, CallContext call)
    {
        if (!_secrets.TryGetValue((cluster, ns), out var secrets))
        {
            secrets = await LookAsync(TokenSecrets, cluster.Api.ListTokenSecretsAsync(new ListQuery(ns), call), call).ConfigureAwait(false);
            _secrets.Add((cluster, ns), secrets);
        }

        return secrets;
    }

    /// <summary>A RoleBinding of any namespace may name an account; who may not see them all may see those of its own.</summary>
    private async Task<LookupResult<RoleBinding>[]> BindingsAsync(Connection cluster, string ns, CallContext call)
    {
        if (!_clusterRoleBindings.TryGetValue(cluster, out var everywhere))
        {
            everywhere = await LookAsync("ClusterRoleBindings", cluster.Api.ListClusterRoleBindingsAsync(call), call).ConfigureAwait(false);
            _clusterRoleBindings.Add(cluster, everywhere);
        }

        var all = await RoleBindingsAsync(cluster, null, "RoleBindings of all namespaces", call).ConfigureAwait(false);
        return all.Failure is null
            ? [all, everywhere]
            : [
                await RoleBindingsAsync(cluster, ns, $"RoleBindings of the namespace '{ns}'", call).ConfigureAwait(false),
                all with { What = "RoleBindings of other namespaces" },
                everywhere,
            ];
    }

    private async Task<LookupResult<RoleBinding>> RoleBindingsAsync(Connection cluster, string? ns, string what, CallContext call)
    {
        if (!_roleBindings.TryGetValue((cluster, ns), out var bindings))
        {
            bindings = await LookAsync(what, cluster.Api.ListRoleBindingsAsync(new ListQuery(ns), call), call).ConfigureAwait(false);
            _roleBindings.Add((cluster, ns), bindings);
        }

        return bindings;
    }

    private async Task<LookupResult<T>> LookAsync<T>(string what, IAsyncEnumerable<Page<T>> list, CallContext call)
    {
        var found = new List<T>();
        var progress = new ListProgress(activity, call.Notify);
        try
        {
            await foreach (var page in list.ConfigureAwait(false))
            {
                progress.Take(page.Items.Count, page.Remaining);
                found.AddRange(page.Items);
            }

            return new LookupResult<T>(what, found, null);
        }
        catch (KubeApiException failure)
        {
            return new LookupResult<T>(what, [], failure);
        }
        finally
        {
            progress.End();
        }
    }
}
