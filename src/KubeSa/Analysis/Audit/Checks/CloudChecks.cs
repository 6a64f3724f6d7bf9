using KubeSa.Analysis.Snapshot;

namespace KubeSa.Analysis.Audit.Checks;

/// <summary>Accounts that are identities of a cloud, too, and operators that act for whoever writes their objects.</summary>
internal static class CloudChecks
{
    private static readonly (string Key, string Cloud)[] Marks =
    [
        ("eks.amazonaws.com/role-arn", "AWS"),
        ("azure.workload.identity/client-id", "Azure"),
        ("iam.gke.io/gcp-service-account", "Google Cloud"),
    ];

    // The kinds by which whoever may write them has the controller act, and the controllers by their usual labels.
    private static readonly (string Group, string Resource, string App)[] Operators =
    [
        ("kustomize.toolkit.fluxcd.io", "kustomizations", "kustomize-controller"),
        ("helm.toolkit.fluxcd.io", "helmreleases", "helm-controller"),
        ("argoproj.io", "applications", "argocd-application-controller"),
        ("argoproj.io", "applicationsets", "argocd-applicationset-controller"),
        ("argoproj.io", "workflows", "workflow-controller"),
        ("tekton.dev", "taskruns", "tekton-pipelines-controller"),
        ("tekton.dev", "pipelineruns", "tekton-pipelines-controller"),
        ("external-secrets.io", "externalsecrets", "external-secrets"),
        ("velero.io", "restores", "velero"),
        ("pkg.crossplane.io", "providers", "crossplane"),
        ("kyverno.io", "clusterpolicies", "kyverno"),
        ("kyverno.io", "policies", "kyverno"),
    ];

    internal static IEnumerable<AuditCheck> All =>
    [
        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-DEPUTY",
            Title = "An account may have a stronger controller act for it",
            LooksFor = "create, update or patch of the custom resources of an operator (Flux, Argo CD, Argo Workflows, Tekton, External Secrets, Velero, Crossplane, Kyverno) that is installed and whose own account is stronger. The controller is found by its labels.",
            Why = "The controller applies with its own rights what the object asks for.",
            Severity = AuditSeverity.High,
            Remedy = "Let the operator use an account of the tenant (serviceAccountName in the object, --default-service-account).",
            Reference = "Kubernetes multi-tenancy guidance of the operators",
        }, (principal, view) => Operators.Where(known => view.Snapshot.CustomResources.Any(resource => resource.Group == known.Group && resource.Plural == known.Resource))
            .SelectMany(known => OfOperator(principal, view, known))),

        new(new AuditRule
        {
            Id = "SA-CLOUD-ANNOTATOR",
            Title = "Who may use or change an account that is an identity of a cloud",
            LooksFor = "An account with the mark of a cloud identity (AWS role, Azure client id, Google service account), and others that may run pods in its namespace, get its tokens or change its annotations.",
            Why = "The rights in the cloud are theirs, too.",
            Severity = AuditSeverity.Medium,
            Remedy = "Keep such accounts in namespaces of their own, and bind the trust in the cloud to namespace and name.",
            Reference = "Kubernetes documentation: service accounts; cloud providers' workload identity",
        }, [.. AuditCheck.Rbac, SnapshotParts.Accounts], view => view.Accounts
            .Select(account => (Account: account, Cloud: IdentityOf(account.Account!)))
            .Where(found => found.Cloud is not null)
            .Select(found => (found.Account, found.Cloud, Users: UsersOf(found.Account, view)))
            .Where(found => found.Users.Count > 0)
            .Select(found => new AuditHit(
                AuditSeverity.Medium,
                $"{found.Account.Words} is an identity of {found.Cloud}; {string.Join(", ", found.Users.Take(5))}{(found.Users.Count > 5 ? $" and {found.Users.Count - 5} more" : string.Empty)} may use it by pods, tokens or annotations.")
            {
                Principal = found.Account,
                Evidence = [new AuditEvidence { Kind = "ServiceAccount", Namespace = found.Account.Namespace, Name = found.Account.Account!.Name, Detail = $"identity of {found.Cloud}" }],
                Command = $"Find-KubeAccess create serviceaccounts/token -Namespace {PowerShellText.Argument(found.Account.Namespace!)}",
            })),
    ];

    /// <summary>The cloud that an account is an identity of; null for none.</summary>
    internal static string? IdentityOf(SnapshotAccount account) => Array.Find(Marks, mark => account.Annotations.ContainsKey(mark.Key)).Cloud;

    private static IEnumerable<AuditHit> OfOperator(Principal principal, AuditView view, (string Group, string Resource, string App) known)
    {
        var rights = principal.Rest.AllowedBy(RightPattern.Of("create update patch", known.Group, known.Resource));
        var controller = rights.Count == 0 ? null : view.Snapshot.Workloads.Where(workload => workload.Owner is null && IsOf(workload, known.App))
            .Select(workload => view.AccountOf(workload.Namespace, workload.ServiceAccount))
            .FirstOrDefault(account => account is not null && account.Held.Any(held => held.Scope is null));
        if (controller is not null && controller != principal)
        {
            yield return new AuditHit(AuditSeverity.High, $"{principal.Words} may write {known.Resource}.{known.Group}, which {controller} acts on with rights in the whole cluster.")
            {
                Rights = rights,
                Key = $"{known.Resource}.{known.Group}",
            };
        }
    }

    private static bool IsOf(SnapshotWorkload workload, string app) => workload.Labels.Any(label =>
        label.Key is "app.kubernetes.io/name" or "app.kubernetes.io/component" or "app.kubernetes.io/instance" or "app" or "k8s-app" && label.Value == app);

    private static List<Principal> UsersOf(Principal account, AuditView view)
    {
        RightPattern[] any =
        [
            .. PodChecks.Create, .. RightPattern.Of("create", string.Empty, "serviceaccounts", "token"), .. RightPattern.Of("update patch", string.Empty, "serviceaccounts"),
        ];
        return [.. view.Principals.Where(principal => principal != account && principal.Rest.AllowedBy(any).Exists(right =>
            (right.Scope is null || right.Scope == account.Namespace)
            && (right.Rule.ResourceNames.Count == 0 || !right.Rule.Resources.Any(resource => resource.StartsWith("serviceaccounts", StringComparison.Ordinal))
                || right.Rule.ResourceNames.Contains(account.Account!.Name))))];
    }
}
