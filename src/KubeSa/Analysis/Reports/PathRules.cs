using System.Security.Cryptography;
using System.Text;

namespace KubeSa.Analysis.Reports;

/// <summary>The rules by which paths stand in a report beside the findings: one for each kind of what is reached.</summary>
internal static class PathRules
{
    private const string Reference = "Kubernetes documentation, RBAC good practices: privilege escalation risks";

    private static readonly AuditRule Admin = Rule("SA-PATH-CLUSTER-ADMIN", "An account can become cluster-admin", "the whole cluster", AuditSeverity.Critical);
    private static readonly AuditRule Node = Rule("SA-PATH-NODE", "An account can take over a node", "a node and all that runs on it", AuditSeverity.High);
    private static readonly AuditRule Secrets = Rule("SA-PATH-SECRETS", "An account can read all Secrets", "all Secrets of the cluster", AuditSeverity.Critical);
    private static readonly AuditRule Namespace = Rule("SA-PATH-NAMESPACE", "An account can take over a namespace", "a namespace and all that runs in it", AuditSeverity.High);
    private static readonly AuditRule Account = Rule("SA-PATH-ACCOUNT", "An account can become another account", "the rights of another account", AuditSeverity.Medium);

    /// <summary>The rule that a path belongs to.</summary>
    internal static AuditRule Of(EscalationPath path) => path.To.Split(' ')[0] switch
    {
        "cluster-admin" or "system:masters" => Admin,
        "node" or "nodes" => Node,
        "secrets" => Secrets,
        "namespace" => Namespace,
        _ => Account,
    };

    /// <summary>
    /// Names a path over runs and clusters, as a finding's fingerprint does: by where it begins and ends and what is done on the
    /// way. Names of pods in between change with every rollout and do not count.
    /// </summary>
    internal static string Fingerprint(EscalationPath path)
    {
        var text = string.Join('\n', path.Steps.Select(step => $"{step.Edge} {step.Binding} {step.Role}").Prepend(path.To).Prepend(path.From));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32].ToLowerInvariant();
    }

    private static AuditRule Rule(string id, string title, string reached, AuditSeverity severity) => new()
    {
        Id = id,
        Title = title,
        LooksFor = $"A chain of rights, each of which the account or one that it can become holds, which ends at {reached}.",
        Why = "Whoever gets into one pod that runs as the account can take the same steps.",
        Severity = severity,
        Remedy = "Remove the binding or the rule that is named as the cut, which closes all paths of the account.",
        Reference = Reference,
    };
}
