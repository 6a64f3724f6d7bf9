using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Connections;
using KubeSa.Secrecy;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that may call API servers: has the connection parameters and hands out the ports to the clusters.</summary>
public abstract class ConnectedCmdlet : KubeCmdlet
{
    // All others change or delete what they are given, new ones too until they are listed here.
    private static readonly HashSet<string> VerbsThatLeaveTheirInputAlone =
    [
        VerbsCommon.Get, VerbsCommon.Find, VerbsDiagnostic.Test, VerbsCommon.New, VerbsSecurity.Grant, VerbsData.Export,
        VerbsLifecycle.Invoke, VerbsCommon.Watch, VerbsLifecycle.Wait, VerbsData.ConvertFrom, VerbsData.ConvertTo, VerbsData.Compare,
    ];

    private ClusterChoice? _choice;
    private bool _isConnectionTyped;
    private Connection? _chosen;
    private Connection? _told;

    private protected ConnectedCmdlet()
    {
    }

    /// <summary>Now a call is certain; a constructor also runs where somebody only looks at a cmdlet's class.</summary>
    private protected sealed override void WarmUp() => PreparedConnection.Expect();

    /// <summary>
    /// The connection to use, from New-KubeConnection, Connect-KubeCluster or Get-KubeConnection. A piped object brings the one
    /// it came from, over which what is typed wins. Without it the runspace's current connection is used, else the kubeconfig,
    /// else the pod's mount.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public Connection? Connection { get; set; }

    /// <summary>
    /// The kubeconfig file to use instead of the current connection and of $KUBECONFIG or ~/.kube/config; its current
    /// context unless -Context names another.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KubeConfig { get; set; }

    /// <summary>The server that a piped object came from; it is not taken to another one by accident.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public string? ClusterServer { get; set; }

    /// <summary>The contexts that are typed; empty for none.</summary>
    private protected abstract IReadOnlyList<string> Contexts { get; }

    /// <summary>Whether the command line itself says which cluster is meant.</summary>
    private protected bool IsClusterTyped => _isConnectionTyped || Contexts.Count > 0 || KubeConfig is not null;

    /// <summary>The connection for the input at hand.</summary>
    private protected Connection Cluster => ClusterOf(null);

    /// <summary>The connection for an account, which may have come from another cluster than the piped object.</summary>
    private protected Connection ClusterOf(ServiceAccountReference? account)
    {
        _chosen = null;
        var piped = new ClusterOrigin(_isConnectionTyped ? null : Connection, ClusterServer);
        var given = new ClusterOrigin(account?.Origin as Connection, account?.ClusterServer);
        _chosen = _choice!.For(account?.ToString(), piped, given);
        if (Call.ShowsRequests && !ReferenceEquals(_chosen, _told))
        {
            _told = _chosen;
            WriteVerbose($"Using {_chosen.Title}: {_choice.Why(_chosen, piped, given)}. It comes from {PastedCredential.HideInPath(_chosen.Origin)}, as {PastedCredential.HideInPath(_chosen.UserHint ?? "nobody")}, with the namespace '{_chosen.Namespace}'.");
        }

        return _chosen;
    }

    /// <summary>Whether the account was read from that cluster, and so is known to exist there.</summary>
    private protected static bool WasReadFrom(Connection cluster, ServiceAccountReference account) =>
        account is { IsAccount: true, Origin: Connection origin } && ServerUrl.Same(origin.Server, cluster.Server);

    /// <summary>The uid that an account must have at that cluster; null where it is not known, or where it is one of another cluster.</summary>
    private protected static string? UidAt(Connection cluster, ServiceAccountReference account) =>
        ((account.Origin as Connection)?.Server ?? account.ClusterServer) is { } server && !ServerUrl.Same(server, cluster.Server) ? null : account.Uid;

    /// <summary>Lets an object remember the connection it came from.</summary>
    private protected static T From<T>(Connection cluster, T instance)
        where T : KubeObject
    {
        instance.CameFrom(cluster, cluster.Context ?? cluster.Server, cluster.Server);
        return instance;
    }

    /// <summary>Asks, as -WhatIf and -Confirm want it, before something is changed at a cluster, which the prompt names.</summary>
    private protected bool ShouldProcess(Connection cluster, string target, string action) =>
        base.ShouldProcess($"{target} at {cluster.Title}", action);

    /// <summary>Not to be used: it leaves out which cluster is about to be changed.</summary>
    [Obsolete("Say which cluster: ShouldProcess(cluster, target, action).", error: true)]
    private protected new bool ShouldProcess(string target, string action) => base.ShouldProcess(target, action);

    /// <summary>Names the cluster in every error that is about one and does not say which.</summary>
    private protected override KubeApiException Complete(KubeApiException failure) =>
        _chosen is not { } cluster || !IsAboutTheCluster(failure.Kind) || NamesIt(failure.Message, cluster)
            ? failure
            : failure.With($"The cluster is {cluster.Title}.");

    /// <summary>Decides what is typed before the first input, which may bring a connection of its own.</summary>
    private protected sealed override void Prepare()
    {
        _isConnectionTyped = MyInvocation.BoundParameters.ContainsKey(nameof(Connection));
        var isNamed = Contexts.Count > 0 || KubeConfig is not null;
        if (_isConnectionTyped && Connection is null)
        {
            ThrowTerminatingError(FailureRecords.From(
                new KubeApiException(FailureKind.InvalidRequest, "-Connection is $null. Give it a connection, as New-KubeConnection and Connect-KubeCluster return them, or leave it out."),
                MyInvocation.MyCommand.Name));
        }

        if (_isConnectionTyped && isNamed)
        {
            Refuse(new KubeApiException(
                FailureKind.AmbiguousConnection,
                $"Give either -Connection or {(Contexts.Count == 0 ? "-KubeConfig" : "-Context")}, not both: they may lead to different clusters."));
            return;
        }

        _choice = new ClusterChoice(_isConnectionTyped ? Connection : null, isNamed ? Named(Contexts.Count > 0 ? Contexts[0] : null) : null, ChangesItsInput(), OpenConnection);
    }

    /// <summary>The connection of one of several contexts.</summary>
    private protected Connection Of(string context) => RunspaceConnections.Here.GetOrOpen(Named(context), OpenConnection);

    private ConnectionOptions Named(string? context) => new()
    {
        Source = ConnectionSource.KubeConfig,
        Context = context,
        KubeConfig = KubeConfig is null ? null : ResolvePath(KubeConfig),
    };

    private bool ChangesItsInput() =>
        MyInvocation.MyCommand is not CmdletInfo command || !VerbsThatLeaveTheirInputAlone.Contains(command.Verb);

    private static bool IsAboutTheCluster(FailureKind kind) => kind is not (
        FailureKind.InvalidName or FailureKind.InvalidToken or FailureKind.InvalidEvidence or FailureKind.InvalidSnapshot or FailureKind.ConnectionMismatch
        or FailureKind.KubeConfigInvalid or FailureKind.FileNotFound or FailureKind.FileAlreadyExists);

    private static bool NamesIt(string message, Connection cluster) =>
        message.Contains(Uri.TryCreate(cluster.Server, UriKind.Absolute, out var url) ? url.Authority : cluster.Server, StringComparison.OrdinalIgnoreCase);
}
