using KubeSa.Rbac;

namespace KubeSa.Analysis.Audit.Checks;

/// <summary>Accounts that may read Secrets, or have tokens written into them.</summary>
internal static class SecretChecks
{
    private const string Secrets = "secrets";

    private static readonly RightPattern[] Read = RightPattern.Of("get list watch", string.Empty, Secrets);
    private static readonly RightPattern[] Create = RightPattern.Of("create", string.Empty, Secrets);

    internal static IEnumerable<AuditCheck> All =>
    [
        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-SECRETS-ALL",
            Title = "An account may read all Secrets of the cluster",
            LooksFor = "get, list or watch of secrets in the whole cluster, without names. list and watch show the data as get does.",
            Why = "Secrets hold tokens of other accounts, certificates, passwords and kubeconfigs of other clusters.",
            Severity = AuditSeverity.Critical,
            Remedy = "Name the Secrets (resourceNames), or give the right in the namespaces where it is needed.",
            Reference = "CIS Kubernetes Benchmark 5.1.2; Kubernetes RBAC good practices: listing Secrets",
        }, (principal, _) => Unnamed(principal).ClusterWide() is { Count: > 0 } rights
            ? [new AuditHit(AuditSeverity.Critical, $"{principal.Words} may {Verbs(rights)} all Secrets of the cluster.") { Rights = rights }]
            : []),

        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-SECRETS-NS",
            Title = "An account may read all Secrets of a namespace",
            LooksFor = "get, list or watch of secrets in a namespace, without names. It is grave in kube-system, and where a token of a stronger account lies there.",
            Why = "Whoever reads the token Secret of an account is that account; other Secrets hold certificates and passwords.",
            Severity = AuditSeverity.Medium,
            Remedy = "Name the Secrets (resourceNames). Helm needs the right in the namespaces that it installs into.",
            Reference = "CIS Kubernetes Benchmark 5.1.2",
        }, (principal, view) => Unnamed(principal).ByNamespace().Select(ns => OfNamespace(principal, view, ns.Key, [.. ns]))),

        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-SECRETS-WRITE",
            Title = "An account may have the token of any account written into a Secret and read it",
            LooksFor = "create of secrets together with get, list or watch of them in the same place. create alone cannot read back, and the type of a Secret cannot be changed.",
            Why = "The server fills a new Secret of the type kubernetes.io/service-account-token with a lasting token of the account that it names.",
            Severity = AuditSeverity.High,
            Remedy = "Take away one of the two, or name the Secrets that may be read.",
            Reference = "Kubernetes RBAC good practices: privilege escalation risks",
        }, (principal, _) => principal.Together(Create, [.. Read]).Select(pair => new AuditHit(
            AuditSeverity.High,
            $"{principal.Words} may create Secrets and read them {HeldRights.Where(pair.Scope)}: it gets a lasting token of any account there.") { Rights = pair.Rules, Key = pair.Scope })),
    ];

    private static List<HeldRule> Unnamed(Principal principal) => [.. principal.Rest.Where(held => Read.Any(right => right.Unnamed([held]).Any()))];

    private static AuditHit OfNamespace(Principal principal, AuditView view, string ns, List<HeldRule> rights)
    {
        var stronger = view.StrongAccountsIn(ns).Where(account => account != principal && account.Tokens.Count > 0).ToList();
        var isGrave = ns == "kube-system" || stronger.Count > 0;
        var types = view.Snapshot.Secrets.Where(secret => secret.Namespace == ns).GroupBy(secret => secret.Type ?? "of unknown type", StringComparer.Ordinal)
            .Select(type => $"{type.Count()} {type.Key}").Order(StringComparer.Ordinal);
        return new AuditHit(
            isGrave ? AuditSeverity.High : AuditSeverity.Medium,
            $"{principal.Words} may {Verbs(rights)} all Secrets of namespace {ns}"
            + (stronger.Count > 0 ? $", among them tokens of {string.Join(", ", stronger)}." : "."))
        {
            Rights = rights,
            Key = ns,
            Evidence = [new AuditEvidence { Kind = "Namespace", Name = ns, Detail = What(view, ns, types) }],
        };
    }

    private static string What(AuditView view, string ns, IEnumerable<string> types) => !view.Snapshot.WasRead(Snapshot.SnapshotParts.Secrets, ns)
        ? "which Secrets it has could not be read"
        : types.ToList() is { Count: > 0 } some ? $"Secrets: {string.Join(", ", some)}" : "it has no Secrets now";

    private static string Verbs(List<HeldRule> rights) =>
        string.Join(", ", Read.Where(right => right.Unnamed(rights).Any()).Select(right => right.Verb));
}
