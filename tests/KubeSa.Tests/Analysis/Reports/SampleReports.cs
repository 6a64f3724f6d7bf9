using KubeSa.Analysis.Reports;

namespace KubeSa.Tests.Analysis.Reports;

/// <summary>Reports for tests: lifelike, and of a cluster in which somebody gives hostile names.</summary>
internal static class SampleReports
{
    internal const string Hostile = "<img src=x onerror=\"document.title='hit'\">\"></script><script>document.title='hit'</script>";

    internal static readonly DateTimeOffset Written = new(2026, 3, 1, 12, 30, 0, TimeSpan.FromHours(2));

    internal static AuditReport Lifelike() => new(
        [
            Finding("SA-ADMIN", AuditSeverity.Critical, "ci", "deployer", "prod", "test"),
            Finding("SA-SECRETS-NS", AuditSeverity.Medium, "ci", "deployer", "prod"),
            Finding("SA-AUTOMOUNT-NEEDLESS", AuditSeverity.Low, "shop", "web", "test"),
            Finding("NOT-READ", AuditSeverity.Info, "vault", null, "prod"),
        ],
        [Path("ci", "deployer", "prod", "cluster-admin", ["ServiceAccount kube-system/operator", "cluster-admin"])],
        new Dictionary<string, AuditRule>
        {
            ["SA-ADMIN"] = new()
            {
                Id = "SA-ADMIN",
                Title = "An account may do everything",
                LooksFor = "Rules that hold every verb on every resource of every group in the whole cluster.",
                Why = "Whoever gets into one of its pods owns the cluster.",
                Severity = AuditSeverity.Critical,
                Remedy = "Bind a narrower role.",
                Reference = "CIS 5.1.1",
            },
        },
        Written);

    /// <summary>The same text, which a browser would run, wherever a name or a text of others can stand.</summary>
    internal static AuditReport OfHostileNames(string text = Hostile)
    {
        var finding = new AuditFinding
        {
            RuleId = text,
            Severity = AuditSeverity.High,
            Clusters = [text],
            Namespace = text,
            ServiceAccount = text,
            Message = text,
            Evidence = [new AuditEvidence { Kind = text, Namespace = text, Name = text, Detail = text }],
            Remedy = text,
            Command = text,
            Reference = text,
            Fingerprint = text,
            SeverityReason = text,
        };
        return new AuditReport([finding], [Path(text, text, text, text, [text, text + "2"])], new Dictionary<string, AuditRule>(), Written);
    }

    internal static AuditFinding Finding(string rule, AuditSeverity severity, string ns, string? account, params string[] clusters) => new()
    {
        RuleId = rule,
        Severity = severity,
        Clusters = clusters,
        Namespace = ns,
        ServiceAccount = account,
        Message = $"{ns}/{account} is told of by {rule}.",
        Evidence = [new AuditEvidence { Kind = "ClusterRoleBinding", Name = $"{ns}-{account}", Detail = "verbs * on *" }],
        Remedy = "Bind a narrower role.",
        Command = $"Revoke-KubeServiceAccountRole {ns}/{account} -ClusterRole cluster-admin -ClusterWide",
        Reference = "CIS 5.1.1",
        Fingerprint = $"{rule}-{ns}-{account}".ToLowerInvariant(),
    };

    internal static EscalationPath Path(string ns, string account, string cluster, string to, string[] stations)
    {
        var from = $"ServiceAccount {ns}/{account}";
        var steps = new List<EscalationStep>();
        foreach (var station in stations)
        {
            steps.Add(new EscalationStep
            {
                From = from,
                To = station,
                Edge = "TokenRequest",
                Binding = $"RoleBinding {ns}/{account}",
                Role = $"Role {ns}/{account}",
                Rule = "create serviceaccounts/token",
                Condition = $"{station} exists.",
                Certainty = EscalationCertainty.Certain,
            });
            from = station;
        }

        var path = new EscalationPath
        {
            Namespace = ns,
            ServiceAccount = account,
            To = to,
            Certainty = EscalationCertainty.Certain,
            Steps = [.. steps],
            Cut = [$"RoleBinding {ns}/{account}"],
        };
        path.CameFrom(null, cluster, null);
        return path;
    }
}
