using System.Management.Automation;
using System.Management.Automation.Runspaces;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Connections;
using KubeSa.RunAs;

namespace KubeSa.Cmdlets;

/// <summary>
/// Runs a script block as a service account: the module's commands, kubectl, helm and terraform alike. The account's token is
/// made for the block and revoked when it ends.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "KubeServiceAccountCommand", HelpUri = HelpPages.Folder + "Invoke-KubeServiceAccountCommand.md", DefaultParameterSetName = PipedSet, SupportsShouldProcess = true)]
[OutputType(typeof(object))]
public sealed class InvokeKubeServiceAccountCommandCommand : ForAccountCmdlet
{
    private const string NamedSet = "Named";
    private const string PipedSet = "Piped";

    // In the scope that the block was written in, as ForEach-Object runs its block.
    private static readonly ScriptBlock InCallersScope = ScriptBlock.Create("param($block) . $block");

    // After Ctrl+C the user is not kept waiting; the process waits for the rest before it goes.
    private static readonly TimeSpan PatienceAfterStop = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The account: <c>NAME</c>, <c>NAMESPACE/NAME</c>, or accounts from the pipeline, for each of which the block runs once. One
    /// that is not there is the error ServiceAccountNotFound, and the block does not run.
    /// </summary>
    [Parameter(ParameterSetName = NamedSet, Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = PipedSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceAccountCompleter))]
    public override ServiceAccountReference[] ServiceAccount { get; set; } = [];

    /// <summary>
    /// What to run. It sees and sets the variables of where it stands, as the block of ForEach-Object does; what it writes, its
    /// errors and exit codes are passed on as they come.
    /// </summary>
    [Parameter(ParameterSetName = NamedSet, Position = 1, Mandatory = true)]
    [Parameter(ParameterSetName = PipedSet, Position = 0, Mandatory = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>
    /// How long each token is to be good; ten minutes, the server's least, where this is left out. A block may last longer: its
    /// tokens are renewed at half of that time. Longer is for programs that read their kubeconfig once and run for hours.
    /// </summary>
    [Parameter]
    [Duration]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public Duration? Duration { get; set; }

    /// <summary>
    /// Whom the block needs tokens for besides the API server, such as <c>vault</c>: the variable KubeTokens of the block holds
    /// them as SecureString by these names.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Audience { get; set; } = [];

    /// <summary>
    /// Impersonate the account instead of asking for a token of it: for a caller who may do the one and not the other. The
    /// kubeconfig of the block then holds the caller's own credentials, so run nothing in it that must not have them.
    /// </summary>
    [Parameter]
    public SwitchParameter Impersonate { get; set; }

    /// <summary>
    /// Variables of the environment, by names with wildcards such as <c>AWS_*</c>, that the block is to see although they hold the
    /// caller's own credentials.
    /// </summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] KeepEnvironment { get; set; } = [];

    private protected override void Process(Connection cluster, string @namespace, ServiceAccountReference account)
    {
        var name = $"{@namespace}/{account.Name}";
        var duration = TokenLifetime.Of(Duration, @namespace, account.Name);
        TokenLifetime.Require(new TokenSpec(@namespace, account.Name) { Duration = duration });
        RequireTokensWhereAsked(name);
        var found = Find(cluster, @namespace, account);
        if (!ShouldProcess(cluster, $"ServiceAccount {name}", Impersonate
            ? "Run a script block as it, by impersonation"
            : "Run a script block as it, with a token that is bound to a new Secret, and delete the Secret"))
        {
            return;
        }

        using var turn = EnvironmentTurn.Take(Runspace.DefaultRunspace, name);
        var session = new AccountSession(cluster.Api, new RunAsSpec(found)
        {
            Duration = duration ?? TokenSpec.Shortest,
            Audiences = Audience,
            Impersonates = Impersonate,
        });
        try
        {
            Start(cluster, session, found);
            RunBlock(cluster, session, turn);
        }
        finally
        {
            End(session, name);
        }
    }

    private void RequireTokensWhereAsked(string name)
    {
        if (Impersonate && (Audience.Length > 0 || Duration is not null))
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest,
                $"-Impersonate asks for no token, and {(Audience.Length > 0 ? "-Audience" : "-Duration")} is about tokens. Leave one of them out.",
                name);
        }
    }

    // Where it may not be read, the token request will tell whether it is there.
    private ServiceAccount Find(Connection cluster, string ns, ServiceAccountReference reference)
    {
        var found = new AccountLookup((_, _, _) => Await(call => cluster.Api.GetServiceAccountAsync(ns, reference.Name, call)), WriteWarning, WriteVerbose)
            .Find(cluster, ns, reference.Name, UidAt(cluster, reference), out var isMissing);
        return isMissing
            ? throw new KubeApiException(FailureKind.ServiceAccountNotFound, $"There is no service account {ns}/{reference.Name}, so the script block did not run.", $"{ns}/{reference.Name}")
            : found ?? new ServiceAccount { Namespace = ns, Name = reference.Name };
    }

    private void Start(Connection cluster, AccountSession session, ServiceAccount account)
    {
        try
        {
            if (Impersonate)
            {
                Await(call => cluster.Api.GetIdentityAsync(new Impersonation(account.UserName, []), call));
            }

            Await(async call =>
            {
                await session.StartAsync(call).ConfigureAwait(false);
                return true;
            });
        }
        catch (KubeApiException failure) when (failure.Kind == FailureKind.Forbidden)
        {
            throw failure.With(Impersonate
                ? $"The script block did not run. -Impersonate needs the right to impersonate serviceaccounts in the namespace {account.Namespace}."
                : $"The script block did not run. It needs the rights to create secrets and serviceaccounts/token in the namespace {account.Namespace}; -Impersonate needs the right to impersonate the account instead.");
        }
    }

    private void RunBlock(Connection cluster, AccountSession session, EnvironmentTurn turn)
    {
        var own = OpenConnection(() => RunspaceConnections.Open(new ConnectionOptions
        {
            Source = ConnectionSource.KubeConfig,
            KubeConfig = session.KubeConfig,
            Timeout = cluster.Api.Info.Timeout,
        }));
        WriteVerbose($"The script block runs as {own.UserHint}{(session.Secret is { } secret ? $"; its tokens are bound to Secret {secret}" : ", whom the caller impersonates")}.");
        var before = RunspaceConnections.Here.Current;
        turn.Apply(
            new Dictionary<string, string>
            {
                ["KUBECONFIG"] = session.KubeConfig,
                ["KUBE_CONFIG_PATH"] = session.KubeConfig, // Terraform's Kubernetes and Helm providers read this one.
                ["KUBECACHEDIR"] = session.Cache,
            },
            keepsClouds: Impersonate,
            [.. KeepEnvironment.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase))]);
        using var tokens = Audience.Length == 0 ? null : new BlockVariable(ScriptBlock.Module?.SessionState ?? SessionState, "KubeTokens", session.Tokens);
        RunspaceConnections.Here.MakeCurrent(own);
        try
        {
            RunForUser(() => RunAsPartOf(ScriptBlock));
        }
        finally
        {
            RunspaceConnections.Here.Restore(before);
            own.End(
                $"What was read in a block of Invoke-KubeServiceAccountCommand came from a connection as {own.UserHint}, which ended with the block. "
                + "Name another connection with -Connection or -Context, or do in the block what is to be done as the account.");
        }
    }

    /// <summary>
    /// Runs a block as if it stood in the place of this command: with its output and its errors, redirected or not, and with the
    /// terminal where it has it. InvokeScript loses errors under 2>&amp;1.
    /// </summary>
    private void RunAsPartOf(ScriptBlock block)
    {
        using var pipeline = InCallersScope.GetSteppablePipeline(MyInvocation.CommandOrigin, [block]);
        pipeline.Begin(this);
        if (!MyInvocation.ExpectingInput)
        {
            pipeline.Process();
        }

        pipeline.End();
    }

    private void End(AccountSession session, string account)
    {
        var stopped = Call.Stop.IsCancellationRequested;
        var problem = Finish(_ => session.EndAsync(), stopped ? PatienceAfterStop : Patience);
        Action<string> warn = stopped ? TellAfterStop : WarnAtTheEnd;
        if (problem is not null && session.Secret is { } secret && !(stopped && IsStillAtIt(session)))
        {
            warn($"Secret {secret} could not be deleted, so the token of {account} stays good until its own end: {problem} Delete it with Remove-KubeSaTokenSecret.");
        }

        if (session.RenewalProblem is { } renewal)
        {
            warn($"The token of {account} could not be renewed while the script block ran, and what it did at last may have been refused: {renewal}");
        }

        if (session.EndedProcesses is > 0 and var count)
        {
            warn($"{count} {(count == 1 ? "process" : "processes")} that the script block had started and left running {(count == 1 ? "was" : "were")} ended with it.");
        }
    }

    private static bool IsStillAtIt(AccountSession session) => !session.EndAsync().IsCompleted;

    // While Select-Object -First or an error ends the pipeline, PowerShell may take no more of us, and what ends it goes first.
    private void WarnAtTheEnd(string warning)
    {
        try
        {
            WriteWarning(warning);
        }
        catch (Exception failure) when (PowerShellExceptions.MustPass(failure))
        {
            TellAfterStop(warning);
        }
    }
}
