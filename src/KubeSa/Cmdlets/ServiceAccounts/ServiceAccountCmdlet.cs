using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that does the same to each of the service accounts that are named or piped.</summary>
public abstract class ServiceAccountCmdlet : AccountTargetCmdlet
{
    private protected ServiceAccountCmdlet()
    {
    }

    /// <summary>
    /// The accounts: <c>NAME</c>, <c>NAMESPACE/NAME</c>, accounts from the pipeline, or what belongs to one: a usage, a workload,
    /// a token Secret. One that is not there is the error ServiceAccountNotFound, and the others go on.
    /// </summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("ServiceAccount")]
    [ArgumentCompleter(typeof(ServiceAccountCompleter))]
    public ServiceAccountReference[] Name { get; set; } = [];

    /// <summary>
    /// The uid that the account must have, as an account from the pipeline brings it. One that was deleted and created again
    /// since it was read has another, and the error is Conflict.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Uid { get; set; }

    /// <summary>The uid of the account that was read; null where a name was typed.</summary>
    private protected string? ReadUid { get; private set; }

    private protected sealed override IEnumerable<ServiceAccountReference> Accounts => Name;

    private protected sealed override void Process(Connection cluster, string @namespace, ServiceAccountReference account)
    {
        ReadUid = (account.IsObject ? UidAt(cluster, account) : Uid) is { Length: > 0 } uid ? uid : null;
        Process(cluster, @namespace, account.Name);
    }

    /// <summary>The account, which must be the one that was read.</summary>
    private protected ServiceAccount Read(Connection cluster, string @namespace, string name)
    {
        var account = Await(call => cluster.Api.GetServiceAccountAsync(@namespace, name, call));
        Recreated.Refuse("service account", $"{@namespace}/{name}", ReadUid, account.Uid);
        return account;
    }

    /// <summary>
    /// Fails where the account is not the one that was read; asks nobody where a name was typed. For what the server does
    /// without regard to the uid.
    /// </summary>
    private protected void RequireSame(Connection cluster, string @namespace, string name)
    {
        if (ReadUid is { } uid)
        {
            new AccountLookup((_, _, _) => Await(call => cluster.Api.GetServiceAccountAsync(@namespace, name, call)), WriteWarning, WriteVerbose)
                .Find(cluster, @namespace, name, uid, out _);
        }
    }

    /// <summary>What is done to one account; both names are well formed.</summary>
    private protected abstract void Process(Connection cluster, string @namespace, string name);
}
