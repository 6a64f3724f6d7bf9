using System.Globalization;
using KubeSa.Analysis.Snapshot;

namespace KubeSa.Analysis.Audit.Checks;

/// <summary>Tokens that last, that nobody owns, or that are made for others than the API server.</summary>
internal static class TokenChecks
{
    private const long Day = 24 * 60 * 60;
    private const string TokenDocs = "Kubernetes documentation: managing service accounts";

    // The server itself extends the tokens that it mounts to a year, and says so in them.
    private const long LongestExtended = 366 * Day;

    internal static IEnumerable<AuditCheck> All =>
    [
        new(new AuditRule
        {
            Id = "SA-LEGACY-TOKEN",
            Title = "A token that never expires",
            LooksFor = "A Secret of the type kubernetes.io/service-account-token. Older servers made one for every account; by hand it is made for use outside the cluster.",
            Why = "Who has copied it once is the account until the Secret is deleted.",
            Severity = AuditSeverity.Medium,
            Remedy = "Let pods use projected tokens, and others tokens that end (Export-KubeServiceAccountKubeConfig, New-KubeServiceAccountToken). Disable-KubeSaTokenSecret shows who still needs it.",
            Reference = "KEP-2799; NSA/CISA Kubernetes Hardening Guidance",
        }, [SnapshotParts.Secrets], view => view.Snapshot.Secrets.Where(secret => secret.IsToken && IsOwned(secret, view) && secret.InvalidSince is null).Select(secret => OfToken(secret, view))),

        new(new AuditRule
        {
            Id = "SA-TOKEN-ORPHAN",
            Title = "A token Secret of an account that does not exist",
            LooksFor = "A token Secret whose annotation names no account, or another one of the same name (by its uid).",
            Why = "It is good for nothing, or waits for an account of that name.",
            Severity = AuditSeverity.Medium,
            Remedy = "Delete the Secret.",
            Reference = TokenDocs,
        }, [SnapshotParts.Secrets, SnapshotParts.Accounts], view => view.Snapshot.Secrets
            .Where(secret => secret.IsToken && !IsOwned(secret, view) && view.Snapshot.WasRead(SnapshotParts.Accounts, secret.Namespace))
            .Select(secret => new AuditHit(AuditSeverity.Medium, $"Secret {secret} is a token Secret of service account {secret.Namespace}/{secret.Account ?? "(none)"}, which does not exist any more.")
            {
                Namespace = secret.Namespace,
                Evidence = [Object(secret, null)],
                Command = Remove(secret),
            })),

        new(new AuditRule
        {
            Id = "SA-TOKEN-LONG",
            Title = "A projected token that lasts for more than a day",
            LooksFor = "expirationSeconds of a projected token above 24 hours. The year that the server gives to tokens which it mounts by itself is not meant.",
            Why = "The kubelet renews the token in time; a long life helps only those who copied it.",
            Severity = AuditSeverity.Low,
            Remedy = "Ask for an hour, and read the file again as it changes.",
            Reference = "Kubescape C-0290",
        }, AuditCheck.Running, view => Templates(view)
            .SelectMany(workload => workload.Tokens.Where(token => token.ExpirationSeconds is > Day and < LongestExtended).Select(token => (workload, token)))
            .Select(found => OfProjected(view, found.workload, found.token, AuditSeverity.Low,
                $"{found.workload} asks for a token that lasts {TimeSpan.FromSeconds(found.token.ExpirationSeconds).TotalHours.ToString("0.#", CultureInfo.InvariantCulture)} hours (volume {found.token.Volume})."))),

        new(new AuditRule
        {
            Id = "SA-TOKEN-AUD",
            Title = "A projected token for others that the API server accepts, too",
            LooksFor = "A projected token without an audience in a volume beside the one that the server mounts by itself.",
            Why = "Whoever it is shown to can use it against the API server.",
            Severity = AuditSeverity.Low,
            Remedy = "Give the volume the audience of whom the token is for.",
            Reference = "Kubernetes documentation: service account token volume projection",
        }, AuditCheck.Running, view => Templates(view)
            .Where(workload => (workload.HasOwnToken || workload.Automount != false))
            .SelectMany(workload => workload.Tokens.Where(token => token.Audience is null).Select(token => (workload, token)))
            .Select(found => OfProjected(view, found.workload, found.token, AuditSeverity.Low,
                $"{found.workload} has a second token for the API server in volume {found.token.Volume}: if it is for another service, the API server accepts it all the same."))),
    ];

    private static AuditHit OfToken(SnapshotSecret secret, AuditView view)
    {
        var account = view.AccountOf(secret.Namespace, secret.Account!);
        var isAutomatic = account?.Account?.Secrets.Contains(secret.Name) == true;
        var isStrong = account?.Held.Any(held => held.Rule.AllowsEverything) == true;
        return new AuditHit(
            isStrong ? AuditSeverity.High : AuditSeverity.Medium,
            $"Secret {secret} holds a token of service account {secret.Namespace}/{secret.Account} that never expires; it was made {(isAutomatic ? "by the server" : "by hand")}"
            + (secret.LastUsed is { } day ? $" and was used last on {day}." : "."))
        {
            Principal = account,
            Namespace = secret.Namespace,
            Evidence = [Object(secret, isAutomatic ? "made by the server" : "made by hand")],
            Command = $"Disable-KubeSaTokenSecret {PowerShellText.Argument(secret.Name)} -Namespace {PowerShellText.Argument(secret.Namespace)}",
        };
    }

    private static AuditHit OfProjected(AuditView view, SnapshotWorkload workload, SnapshotToken token, AuditSeverity severity, string message) => new(severity, message)
    {
        Principal = view.AccountOf(workload.Namespace, workload.ServiceAccount),
        Namespace = workload.Namespace,
        Evidence = [PlacementChecks.Object(workload)],
        Key = $"{workload} {token.Volume}",
    };

    // A pod of a workload has what the workload says.
    private static IEnumerable<SnapshotWorkload> Templates(AuditView view) =>
        view.Snapshot.Workloads.Concat(view.Snapshot.Pods).Where(workload => workload.Owner is null && !workload.IsOver);

    private static bool IsOwned(SnapshotSecret secret, AuditView view) =>
        secret.Account is { } name && view.AccountOf(secret.Namespace, name) is { Account: { } account }
        && (secret.AccountUid is null || account.Uid is null || secret.AccountUid == account.Uid);

    private static AuditEvidence Object(SnapshotSecret secret, string? detail) =>
        new() { Kind = "Secret", Namespace = secret.Namespace, Name = secret.Name, Detail = detail };

    private static string Remove(SnapshotSecret secret) =>
        $"Remove-KubeSaTokenSecret {PowerShellText.Argument(secret.Name)} -Namespace {PowerShellText.Argument(secret.Namespace)}";
}
