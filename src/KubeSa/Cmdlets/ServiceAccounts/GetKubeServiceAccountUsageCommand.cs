using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>
/// Shows who runs as service accounts and how they get their tokens: pods, and the workloads that own them or have none
/// at the moment. With -Unused the accounts that are believed to be unused, and why.
/// </summary>
[Cmdlet(VerbsCommon.Get, "KubeServiceAccountUsage", HelpUri = HelpPages.Folder + "Get-KubeServiceAccountUsage.md", DefaultParameterSetName = NamespaceSet)]
[OutputType(typeof(ServiceAccountUsage))]
public sealed class GetKubeServiceAccountUsageCommand : AccountQueryCmdlet
{
    private readonly AccountSurvey _survey = new("Get-KubeServiceAccountUsage");
    private readonly HashSet<(Connection Cluster, string Namespace)> _unseen = [];
    private readonly List<ServiceAccountUsage> _withheld = [];

    /// <summary>
    /// The accounts: names, with wildcards, or accounts from the pipeline; all where this is left out. A name without
    /// wildcards that is not there is the error ServiceAccountNotFound.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceAccountCompleter))]
    public override ServiceAccountReference[]? ServiceAccount { get; set; }

    /// <summary>
    /// Output only the accounts that are believed to be unused, and why: no pod and no workload runs as them or holds their
    /// token, they have no rights of their own and no token Secrets, and the cluster itself does not need them. A warning names
    /// those of which that cannot be said.
    /// </summary>
    [Parameter]
    public SwitchParameter Unused { get; set; }

    /// <summary>
    /// Output also the accounts that nobody runs as, but of which something else speaks for use, or of which not everything may
    /// be looked at. Their IsUsed is $null, and Why says what it is.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeUncertain { get; set; }

    /// <summary>
    /// Output who holds tokens that never expire: the pods and workloads that mount a Secret with one, and the Secrets that nobody in
    /// the cluster mounts. Why says what each is to have instead, LastUsed when the token was used last.
    /// </summary>
    [Parameter]
    public SwitchParameter Legacy { get; set; }

    private protected override void Begin()
    {
        if (Legacy && (Unused || IncludeUncertain))
        {
            Refuse(new KubeApiException(FailureKind.InvalidRequest, "-Legacy lists who holds tokens that never expire, and -Unused accounts that nobody uses. Give one of them."));
        }
    }

    private protected override void Process(Connection cluster, NamePattern scope, ServiceAccountReference account)
    {
        if (!scope.IsWildcard)
        {
            if (!_survey.Knows(cluster, scope.Text))
            {
                // It would be listed as an empty one, and then nothing would be used.
                RequireNamespaceExists(cluster, scope);
            }

            WriteNamespace(cluster, scope.Text, account);
            return;
        }

        foreach (var ns in AwaitEach(cluster.Api.ListNamespaceNamesAsync).Where(scope.Matches).ToList())
        {
            Guard(() => WriteNamespace(cluster, ns, account));
        }
    }

    private protected override void End()
    {
        if (_withheld.Count > 0 && !IncludeUncertain)
        {
            var names = _withheld.OrderBy(line => line.ServiceAccount == ServiceAccountNames.Default).Select(line => $"{line.Namespace}/{line.ServiceAccount}").ToList();
            WriteWarning(
                $"Not listed, though nobody runs as them: {ShortList.Of(names)}. They have rights or token Secrets, belong to the cluster itself, or may not "
                + "be looked at in every way; -IncludeUncertain lists them, and Why says what it is.");
        }
    }

    private void WriteNamespace(Connection cluster, string ns, ServiceAccountReference account)
    {
        var name = new NamePattern(account.Name);
        if (!name.IsWildcard)
        {
            KubeName.RequireName("service account", name.Text, ns);
        }

        if (LookAround(cluster, ns) is not { } around)
        {
            return;
        }

        if (Unused || IncludeUncertain)
        {
            foreach (var (candidate, uid) in Accounts(cluster, ns, account, name))
            {
                WriteUnused(cluster, UnusedAccount.Judge(candidate, uid, around));
            }

            return;
        }

        if (Legacy)
        {
            WriteLegacy(cluster, around, name);
            return;
        }

        var found = (name.IsWildcard ? around.Usage.All.Where(line => name.Matches(line.ServiceAccount)) : around.Usage.Of(name.Text)).ToList();
        found.ForEach(line => WriteObject(From(cluster, line)));
        if (found.Count == 0 && !name.IsWildcard && !WasReadFrom(cluster, account))
        {
            // Nobody runs as it, or it is mistyped: the user wants to know which.
            Await(call => cluster.Api.GetServiceAccountAsync(ns, name.Text, call));
        }
    }

    private void WriteLegacy(Connection cluster, AccountSurroundings around, NamePattern name)
    {
        if (around.Looks.FirstOrDefault(look => look.What == AccountSurvey.TokenSecrets)?.Failure is { } failure)
        {
            throw failure;
        }

        var isTracked = Await(call => TokenTracking.SinceAsync(cluster.Api, call)) is not null;
        foreach (var line in LegacyTokens.List(around, name.Matches, secret => ClientLoadContext.Gateway.DecodeSecret(secret, asPlainText: false, Tell), isTracked))
        {
            var shown = PSObject.AsPSObject(From(cluster, line));
            shown.TypeNames.Insert(0, $"{typeof(ServiceAccountUsage).FullName}#Legacy");
            WriteObject(shown);
        }
    }

    private void WriteUnused(Connection cluster, ServiceAccountUsage? line)
    {
        if (line is null)
        {
            return;
        }

        if (line.IsUsed is null)
        {
            _withheld.Add(line);
            if (!IncludeUncertain)
            {
                return;
            }
        }

        WriteObject(From(cluster, line));
    }

    /// <summary>The accounts that there are: one that was read is taken for granted, of a name that is typed it is asked.</summary>
    private IEnumerable<(string Name, string? Uid)> Accounts(Connection cluster, string ns, ServiceAccountReference account, NamePattern name)
    {
        if (WasReadFrom(cluster, account))
        {
            return [(account.Name, account.Uid)];
        }

        var accounts = name.IsWildcard
            ? AwaitEach(call => cluster.Api.ListServiceAccountsAsync(new ListQuery(ns), call)).Where(item => name.Matches(item.Name))
            : [Await(call => cluster.Api.GetServiceAccountAsync(ns, name.Text, call))];
        return accounts.Select(item => (item.Name, item.Uid));
    }

    /// <summary>
    /// Null where it was said before that pods or workloads may not be seen: then nobody knows who runs as what. That is one
    /// error for a namespace and not one for each account of it.
    /// </summary>
    private AccountSurroundings? LookAround(Connection cluster, string ns)
    {
        if (_unseen.Contains((cluster, ns)))
        {
            return null;
        }

        var isKnown = _survey.Knows(cluster, ns);
        var around = Await(call => Unused || IncludeUncertain ? _survey.OfAllAsync(cluster, ns, call) : Legacy ? _survey.OfTokensAsync(cluster, ns, call) : _survey.OfUsersAsync(cluster, ns, call));
        if (around.UsersFailure is { } failure)
        {
            _unseen.Add((cluster, ns));
            throw failure;
        }

        if (!isKnown && around.Unknown.Length > 0)
        {
            WriteWarning($"Unknown for the accounts of {ns}, for they may not be looked at: {string.Join(", ", around.Unknown)}.");
        }

        return around;
    }
}
