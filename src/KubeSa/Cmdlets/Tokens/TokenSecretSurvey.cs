using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>Looks up what is around token Secrets: their accounts, who mounts them, and since when the server notes their use.</summary>
/// <param name="activity">The title of the progress bar.</param>
internal sealed class TokenSecretSurvey(string activity)
{
    private readonly AccountSurvey _survey = new(activity);
    private readonly Dictionary<(Connection Cluster, string Namespace), Dictionary<string, ServiceAccount>?> _accounts = [];
    private readonly Dictionary<Connection, DateTime?> _tracked = [];

    /// <summary>The Secret with what could be looked up; what could not is told once for each namespace.</summary>
    internal async Task<TokenSecret> AddUseAsync(Connection cluster, TokenSecret secret, CallContext call)
    {
        var ns = secret.Namespace!;
        var accounts = await AccountsAsync(cluster, ns, call).ConfigureAwait(false);
        var account = accounts?.GetValueOrDefault(secret.ServiceAccount ?? string.Empty);
        var use = new TokenSecretUse
        {
            IsOrphaned = accounts is null ? null : account is null || (secret.ServiceAccountUid is { Length: > 0 } uid && account.Uid != uid),
            MadeBy = account is null ? null : account.MountableSecrets.Contains(secret.Name) ? TokenSecretMaker.Server : TokenSecretMaker.User,
            MountedBy = await HoldersAsync(cluster, secret, call).ConfigureAwait(false),
        };
        var (invalid, deleted) = CleanerForecast.Of(secret, use, await TrackedSinceAsync(cluster, call).ConfigureAwait(false));
        return secret.WithUse(use with { WillBeInvalid = invalid, WillBeDeleted = deleted });
    }

    /// <summary>The pods, or the workloads at their top, that can read the Secret, as <c>Kind/name</c>; null where they may not be looked at.</summary>
    internal async Task<string[]?> HoldersAsync(Connection cluster, TokenSecret secret, CallContext call)
    {
        var isKnown = _survey.Knows(cluster, secret.Namespace!);
        var around = await _survey.OfUsersAsync(cluster, secret.Namespace!, call).ConfigureAwait(false);
        if (around.UsersFailure is { } failure)
        {
            if (!isKnown)
            {
                call.Notify(new WarningNotice($"Unknown for the namespace {secret.Namespace}: who mounts its token Secrets. {failure.Message}"));
            }

            return null;
        }

        return [.. around.Usage.All.Where(line => line.Secret == secret.Name && line.IsUsed == true).Select(line => line.Workload ?? $"Pod/{line.Pod}").Distinct()];
    }

    private async Task<Dictionary<string, ServiceAccount>?> AccountsAsync(Connection cluster, string ns, CallContext call)
    {
        if (!_accounts.TryGetValue((cluster, ns), out var accounts))
        {
            try
            {
                accounts = [];
                await foreach (var page in cluster.Api.ListServiceAccountsAsync(new ListQuery(ns), call).ConfigureAwait(false))
                {
                    foreach (var account in page.Items)
                    {
                        accounts[account.Name] = account;
                    }
                }
            }
            catch (KubeApiException failure) when (failure.Kind == FailureKind.Forbidden)
            {
                call.Notify(new WarningNotice($"Unknown for the namespace {ns}: who made its token Secrets, and whether their accounts are there. {failure.Message}"));
                accounts = null;
            }

            _accounts.Add((cluster, ns), accounts);
        }

        return accounts;
    }

    private async Task<DateTime?> TrackedSinceAsync(Connection cluster, CallContext call)
    {
        if (!_tracked.TryGetValue(cluster, out var since))
        {
            since = await TokenTracking.SinceAsync(cluster.Api, call).ConfigureAwait(false);
            _tracked.Add(cluster, since);
        }

        return since;
    }
}
