namespace KubeSa.Completion;

/// <summary>Completes the verbs of API requests.</summary>
public sealed class VerbCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(TabRequest request) =>
        ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "impersonate", "bind", "escalate"];
}

/// <summary>Completes lifetimes as people write them.</summary>
public sealed class DurationCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(TabRequest request) => ["10m", "30m", "1h", "8h", "24h", "7d", "30d", "90d"];
}

/// <summary>Completes the paths that every API server has beside its resources.</summary>
public sealed class NonResourceUrlCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(TabRequest request) =>
        ["/api", "/apis", "/healthz", "/livez", "/readyz", "/metrics", "/version", "/openapi/v2", "/openapi/v3", "/.well-known/openid-configuration", "/openid/v1/jwks", "/logs"];
}

/// <summary>Offers nothing: for values that are not names of anything, in whose place PowerShell would offer files.</summary>
public sealed class NothingCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(TabRequest request) => [];
}

/// <summary>Completes the two values that a setting can have which may also be left out.</summary>
public sealed class BooleanCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(TabRequest request) => ["$true", "$false"];
}

/// <summary>Completes what objects are waited for.</summary>
public sealed class WaitForCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(TabRequest request) =>
        ["condition=Ready", "condition=Available", "condition=Complete", "condition=Ready=False", "jsonpath={.status.phase}=Running", "delete", "create"];
}

/// <summary>Completes what paths may lead to.</summary>
public sealed class ReachTargetCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(TabRequest request) => ["cluster-admin", "system:masters", "secrets", "node", "namespace", "namespace/kube-system"];
}

/// <summary>Completes the ids of the audit's rules.</summary>
public sealed class AuditRuleCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(TabRequest request) => Analysis.Audit.AuditChecks.Rules.Keys;
}
