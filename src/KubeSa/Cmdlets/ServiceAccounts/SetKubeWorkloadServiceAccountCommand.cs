using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Rbac;

namespace KubeSa.Cmdlets;

/// <summary>Lets the pods of a workload run as another service account.</summary>
[Cmdlet(VerbsCommon.Set, "KubeWorkloadServiceAccount", HelpUri = HelpPages.Folder + "Set-KubeWorkloadServiceAccount.md", SupportsShouldProcess = true)]
[OutputType(typeof(Workload))]
public sealed class SetKubeWorkloadServiceAccountCommand : NamespaceCmdlet
{
    /// <summary>
    /// The kind of the workloads. With a CronJob the next run has the new account; a ReplicaSet or ReplicationController gives it to new pods alone;
    /// a Job keeps the one it was made with, and the error is InvalidRequest.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public WorkloadKind Kind { get; set; } = WorkloadKind.Deployment;

    /// <summary>
    /// The names of the workloads, alone or with the kind: <c>shop</c>, <c>Deployment/shop</c>, <c>deployment.apps/shop</c>. A usage
    /// from the pipeline brings its workload, and one that several pods belong to is changed once. One that is not there is the
    /// error WorkloadNotFound.
    /// </summary>
    // Not mandatory: the usage of a pod that nothing owns brings no workload, and PowerShell would say no more than that it is null.
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Workload")]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(WorkloadCompleter))]
    public string[]? Name { get; set; } = [];

    /// <summary>The pod that a usage from the pipeline is about; it is named where nothing owns it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Pod { get; set; }

    /// <summary>
    /// The account their pods are to run as: a name, or an account from the pipeline. It lives in the workload's
    /// namespace; a warning where it does not exist.
    /// </summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ServiceAccountCompleter))]
    public ServiceAccountReference ServiceAccount { get; set; } = null!;

    /// <summary>
    /// Wait, with a progress bar, until every pod runs as the new account. Where the workload's controller replaces no pods,
    /// a warning says why.
    /// </summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long -Wait waits, in seconds, before the error TimedOut. The change stays.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int TimeoutSeconds { get; set; } = 300;

    /// <summary>
    /// The uid that the workload must have, as a workload from the pipeline brings it. One that was deleted and created
    /// again since it was read has another, and the error is Conflict.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Uid { get; set; }

    /// <summary>A piped account has a uid, too, which is not the workload's.</summary>
    private string? WorkloadUid => Uid == ServiceAccount.Uid ? null : Uid;

    private readonly Dictionary<Connection, RbacPolicy> _policies = [];
    private readonly HashSet<(Connection Cluster, WorkloadKind Kind, string Workload, string Account)> _changed = [];

    private protected override void Process()
    {
        string[] names = [.. (Name ?? []).Where(name => !string.IsNullOrEmpty(name))];
        if (names.Length == 0)
        {
            throw NoWorkload();
        }

        var cluster = ClusterOf(ServiceAccount);
        foreach (var name in names)
        {
            Guard(() =>
            {
                var (kind, own) = WorkloadName.Parse(name, Kind, MyInvocation.BoundParameters.ContainsKey(nameof(Kind)));
                Point(cluster, kind, own);
            });
        }
    }

    private KubeApiException NoWorkload() => Pod is null
        ? new KubeApiException(FailureKind.InvalidRequest, "Which workload? Name one: -Name shop, -Name Deployment/shop, or pipe Get-KubeServiceAccountUsage.", ServiceAccount.ToString())
        : new KubeApiException(
            FailureKind.InvalidRequest,
            $"No workload owns pod '{Namespace}/{Pod}', and the account of a pod that exists cannot be changed. Delete the pod and create it again with "
            + $"serviceAccountName: {ServiceAccount.Name}, or let a Deployment run it.",
            $"{Namespace}/{Pod}");

    private void Point(Connection cluster, WorkloadKind kind, string name)
    {
        var ns = Namespace ?? ServiceAccount.Namespace ?? cluster.Namespace;
        KubeName.RequireNamespace(ns);
        KubeName.RequireName(kind.ToString(), name, ns);
        KubeName.RequireName("service account", ServiceAccount.Name, ns);
        if (ServiceAccount.Namespace is { } other && other != ns)
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest,
                $"Pods run as accounts of their own namespace: {ServiceAccount} cannot be the account of {kind} {ns}/{name}.",
                $"{ns}/{name}");
        }

        // A usage names its workload once for each pod.
        if (!_changed.Add((cluster, kind, $"{ns}/{name}", ServiceAccount.Name)))
        {
            return;
        }

        var before = Await(call => cluster.Api.GetWorkloadAsync(kind, ns, name, call));
        Recreated.Refuse(kind.ToString(), $"{ns}/{name}", WorkloadUid, before.Uid);
        RequireChangeable(before);
        LookAtAccount(cluster, ns);
        WarnOfLostRights(cluster, before);
        if (!ShouldProcess(cluster, $"{kind} {ns}/{name}", $"Set service account '{ServiceAccount.Name}' (now '{before.ServiceAccount}')"))
        {
            return;
        }

        var after = Await(call => cluster.Api.SetWorkloadServiceAccountAsync(before, ServiceAccount.Name, call));
        if (Wait)
        {
            var rollout = new RolloutWait(cluster.Api, TimeSpan.FromSeconds(TimeoutSeconds));
            after = Await(call => rollout.UntilDoneAsync(after, call));
        }

        if (after.PodsStayBecause is { } reason && (Wait || before.ServiceAccount != after.ServiceAccount))
        {
            WriteWarning($"The pods of {after} that run keep the account they have, for {reason}.");
        }

        after.PreviousServiceAccount = before.ServiceAccount;
        WriteObject(From(cluster, after));
    }

    /// <summary>The server would refuse it, too, but with a page of what the template holds.</summary>
    private void RequireChangeable(Workload workload)
    {
        if (workload.Kind == WorkloadKind.Job && workload.ServiceAccount != ServiceAccount.Name)
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest,
                $"{workload} runs as '{workload.ServiceAccount}' to its end: the pod template of a Job cannot be changed once it is made. "
                + $"Recreate it with serviceAccountName '{ServiceAccount.Name}'; where a CronJob makes it, set that (-Kind CronJob).",
                $"{workload.Namespace}/{workload.Name}");
        }
    }

    /// <summary>Says what the pods may do no longer: programs fail by it long after the rollout was fine.</summary>
    private void WarnOfLostRights(Connection cluster, Workload before)
    {
        if (before.ServiceAccount == ServiceAccount.Name)
        {
            return;
        }

        try
        {
            if (!_policies.TryGetValue(cluster, out var policy))
            {
                policy = Await(call => PolicyReading.ReadAsync(cluster.Api, call));
                _policies.Add(cluster, policy);
            }

            var lost = LostRights.Between(
                policy.HeldBy(before.Namespace, before.ServiceAccount), policy.HeldBy(before.Namespace, ServiceAccount.Name));
            if (lost.Count > 0)
            {
                WriteWarning(
                    $"{before} loses rights that '{before.ServiceAccount}' has and '{ServiceAccount.Name}' has not: {ShortList.Of(lost)}. "
                    + "Get-KubeAccessRule shows them all; Grant-KubeServiceAccountRole gives them.");
            }
        }
        catch (KubeApiException failure) when (failure.Kind == FailureKind.Forbidden)
        {
            WriteWarning(
                $"Whether {before} loses rights that '{before.ServiceAccount}' has is unknown, for roles and bindings may not be looked at.");
        }
    }

    /// <summary>The account must be the one that was read; a warning where there is none.</summary>
    private void LookAtAccount(Connection cluster, string ns)
    {
        var lookup = new AccountLookup(
            (_, _, _) => Await(call => cluster.Api.GetServiceAccountAsync(ns, ServiceAccount.Name, call)), WriteWarning, WriteVerbose);
        lookup.Find(cluster, ns, ServiceAccount.Name, ServiceAccount.Uid, out var isMissing);
        if (isMissing)
        {
            WriteWarning($"There is no service account {ns}/{ServiceAccount.Name}; no pod can start until it is made.");
        }
    }
}
