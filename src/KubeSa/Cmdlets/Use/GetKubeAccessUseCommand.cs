using System.Management.Automation;
using KubeSa.Analysis.Use;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>Shows which rights service accounts used, how often, when, from which pods and through which binding, by the API server's audit log.</summary>
[Cmdlet(VerbsCommon.Get, "KubeAccessUse", DefaultParameterSetName = NamespaceSet, HelpUri = HelpPages.Folder + "Get-KubeAccessUse.md")]
[OutputType(typeof(AccessUse), typeof(AccessUseCoverage), typeof(string))]
public sealed class GetKubeAccessUseCommand : AuditLogCmdlet
{
    private UserFilter? _filter;

    /// <summary>The log: files from Get-ChildItem or Get-Item, lines of text, or events as objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public object? InputObject { get; set; }

    /// <summary>Only these accounts: names, with wildcards, or <c>NAMESPACE/NAME</c>; all of the log where this is left out.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceAccountCompleter))]
    public ServiceAccountReference[] ServiceAccount { get; set; } = [];

    /// <summary>Show what other users than service accounts used, too: people, nodes, components of the control plane.</summary>
    [Parameter]
    public SwitchParameter IncludeUsers { get; set; }

    /// <summary>
    /// The form of the answer: Use for the rights, Coverage for what the log can show at all, Aggregate for one line of text that
    /// holds everything and can be saved and merged.
    /// </summary>
    [Parameter]
    public AccessUseForm As { get; set; }

    /// <summary>
    /// Show the rights that the accounts hold by bindings of their own and that the log does not show, each with why that may be so. What is held is
    /// read from the cluster, or from -Snapshot.
    /// </summary>
    [Parameter]
    public SwitchParameter Unused { get; set; }

    private protected override bool IsWanted(string user) => _filter!.IsWanted(user);

    private protected override void Begin()
    {
        foreach (var account in ServiceAccount)
        {
            account.NamespaceOr(Namespace is [var ns] ? ns : null);
        }

        _filter = new UserFilter(ServiceAccount, Namespace, IncludeUsers);
        if (AuditLog.Length + LiteralPath.Length == 0 && !MyInvocation.ExpectingInput)
        {
            Refuse(new KubeApiException(FailureKind.InvalidRequest, "There is no log to read. Give its files to -AuditLog, or pipe it."));
            return;
        }

        ReadFiles();
    }

    private protected override void Process()
    {
        if (MyInvocation.ExpectingInput)
        {
            ReadPiped(InputObject);
        }
    }

    private protected override void End()
    {
        Guard(EndPiped);
        TellCoverage();
        if (Unused && Aggregate.Coverage.Events > 0)
        {
            WriteUnused();
            return;
        }

        AccessUseAnswer.Write(Aggregate, As, WriteObject);
        WarnOfMissing();
    }

    private void WriteUnused()
    {
        var (snapshot, cluster) = TakeSnapshot(null);
        var unused = new UnusedRights(Aggregate, snapshot);
        foreach (var account in snapshot.Accounts.Where(account => _filter!.IsWanted(ServiceAccountNames.UserName(account.Namespace, account.Name))))
        {
            foreach (var right in unused.Of(account.Namespace, account.Name))
            {
                right.CameFrom(cluster, snapshot.Cluster.Name, snapshot.Cluster.Server);
                var shown = PSObject.AsPSObject(right);
                shown.TypeNames.Insert(0, "KubeSa.AccessUse#Unused");
                WriteObject(shown);
            }
        }
    }

    /// <summary>A name that was typed and is not in the log may be misspelled.</summary>
    private void WarnOfMissing()
    {
        foreach (var account in ServiceAccount.Where(account => Aggregate.Coverage.Events > 0 && !WildcardPattern.ContainsWildcardCharacters(account.ToString())))
        {
            if (!Aggregate.Uses.Keys.Any(use => ServiceAccountNames.Parse(use.User) is var (ns, name) && name == account.Name && (account.Namespace is null || ns == account.Namespace)))
            {
                WriteWarning($"The log holds no request of the service account {account}.");
            }
        }
    }
}
