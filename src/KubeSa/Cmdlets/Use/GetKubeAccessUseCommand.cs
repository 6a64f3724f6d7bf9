using System.Management.Automation;
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
        AccessUseAnswer.Write(Aggregate, As, WriteObject);
        WarnOfMissing();
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
