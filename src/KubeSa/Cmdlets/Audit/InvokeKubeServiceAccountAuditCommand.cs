using System.Management.Automation;
using KubeSa.Analysis.Audit;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>
/// Finds service accounts that are dangerous, and why: by which binding, role and rule, with what to do about it. Clusters are
/// looked at as they are now, or as snapshots have them.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "KubeServiceAccountAudit", DefaultParameterSetName = NamespaceSet, HelpUri = HelpPages.Folder + "Invoke-KubeServiceAccountAudit.md")]
[OutputType(typeof(AuditFinding))]
public sealed class InvokeKubeServiceAccountAuditCommand : SnapshotCmdlet
{
    private const string NamespaceSet = "Namespace";
    private const string AllNamespacesSet = "AllNamespaces";

    private readonly List<AccountPattern> _accounts = [];
    private readonly List<AuditException> _exceptions = [];
    private IReadOnlyList<AuditCheck> _checks = [];
    private bool _isReady;

    /// <summary>
    /// The accounts to tell of: names, with wildcards, <c>NAMESPACE/NAME</c>, or accounts from the pipeline; all where this is left out.
    /// What they hold as members of a group is told of as well.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceAccountCompleter))]
    public ServiceAccountReference[]? ServiceAccount { get; set; }

    /// <summary>The namespaces to tell of, with wildcards; all where this is left out.</summary>
    [Parameter(ParameterSetName = NamespaceSet, ValueFromPipelineByPropertyName = true)]
    [Alias("ns", "n")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [WithoutKind("namespace")]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[]? Namespace { get; set; }

    /// <summary>Tell of all namespaces, which is so without it as well.</summary>
    [Parameter(ParameterSetName = AllNamespacesSet, Mandatory = true)]
    [Alias("A")]
    public SwitchParameter AllNamespaces { get; set; }

    /// <summary>The rules to judge by, with wildcards; all where this is left out. Get-KubeServiceAccountAuditRule lists them.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AuditRuleCompleter))]
    public string[] Rule { get; set; } = [];

    /// <summary>The least severity to tell of: High leaves out Medium, Low and Info. What could not be looked at is told of whatever it is.</summary>
    [Parameter]
    public AuditSeverity Severity { get; set; }

    /// <summary>
    /// Files of what is accepted, YAML or JSON, with wildcards: each exception has a rule or a fingerprint, an account, a reason, and
    /// the last day on which it counts (UTC). One that has expired is a finding.
    /// </summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Exception { get; set; } = [];

    /// <summary>
    /// Rules of your own: hashtables with Id, Severity and Find, a script block that gets each account as <c>$_</c> (Namespace, Name,
    /// Labels, Annotations, AutomountToken, Rules, Workloads, Pods, TokenSecrets) and outputs a message for each finding. Title, Remedy
    /// and Reference may be given as well.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public System.Collections.Hashtable[] CustomRule { get; set; } = [];

    private protected override void Begin()
    {
        base.Begin();
        try
        {
            _checks = [.. Chosen(), .. CustomRule.Select(CustomRules.Read)];
            _exceptions.AddRange(Exception.SelectMany(ResolveFiles).SelectMany(ReadExceptions));
            _isReady = true;
        }
        catch (KubeApiException failure)
        {
            Refuse(failure);
        }
    }

    private protected override void Process()
    {
        if (ServiceAccount is null)
        {
            Collect();
            return;
        }

        foreach (var account in ServiceAccount)
        {
            Guard(() =>
            {
                _accounts.Add(new AccountPattern(account));
                Collect(account);
            });
        }
    }

    private protected override void End()
    {
        // Rules or exceptions that could not be read, for whatever reason, are not taken for none.
        if (!_isReady || (ServiceAccount is not null && _accounts.Count == 0))
        {
            return;
        }

        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var sources = Sources().ToList();
        var all = new List<AuditFinding>();
        foreach (var source in sources)
        {
            Guard(() =>
            {
                RequireAccounts(source);
                var found = Judge(source);
                all.AddRange(AuditExceptions.Apply(found.Select(finding => From(source, finding)), _exceptions, source.Snapshot.Cluster.Name, today));
            });
        }

        var told = sources.Count > 1 ? Auditor.Merge(all) : all;
        foreach (var finding in told.Where(finding => finding.Severity >= Severity || finding.RuleId == AuditChecks.NotRead.Id))
        {
            WriteObject(finding);
        }

        foreach (var (cluster, failure) in sources.Count > 0 ? Missed : [])
        {
            WriteObject(Auditor.NotLookedAt(cluster, failure.Message));
        }
    }

    // Script blocks run on the pipeline's thread, all else away from it so that it can be stopped.
    private List<AuditFinding> Judge(SnapshotSource source)
    {
        List<AuditFinding> Find() => [.. Auditor.Findings(source.Snapshot, _checks, IsAskedFor)];
        return CustomRule.Length > 0 ? Find() : Await(_ => Task.FromResult(Find()));
    }

    private IEnumerable<AuditCheck> Chosen()
    {
        var patterns = Rule.Select(text => new NamePattern(text)).ToList();
        if (patterns.Find(pattern => !pattern.IsWildcard && !AuditChecks.Rules.ContainsKey(pattern.Text)) is { } unknown)
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"There is no audit rule '{unknown.Text}'. Get-KubeServiceAccountAuditRule lists them.", unknown.Text);
        }

        return AuditChecks.All.Where(check => patterns.Count == 0 || patterns.Exists(pattern => pattern.Matches(check.Rule.Id)));
    }

    private IReadOnlyList<AuditException> ReadExceptions(string file) => ExceptionFile.Read(file, Await);

    private bool IsAskedFor(AuditHit hit)
    {
        var ns = hit.Principal?.Namespace ?? hit.Namespace;
        var inNamespace = Namespace is null || (ns is null ? hit.Principal?.Group is not null : Namespace.Any(text => new NamePattern(text).Matches(ns)));
        return inNamespace && (_accounts.Count == 0 || _accounts.Exists(account => account.Matches(hit.Principal)));
    }

    /// <summary>An account that is named without wildcards and is not there is a slip of the pen, not an all-clear.</summary>
    private void RequireAccounts(SnapshotSource source)
    {
        foreach (var account in _accounts.Where(account => account.IsMissingIn(source.Snapshot)))
        {
            WriteFailure(new KubeApiException(
                FailureKind.ServiceAccountNotFound, $"There is no service account '{account}' in the cluster {source.Snapshot.Cluster.Name}.", account.ToString()));
        }
    }
}
