using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Diagnosis;
using KubeSa.Diagnosis.Gathering;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>
/// Checks service accounts from inside the cluster, from anywhere: makes a short-lived pod that runs as the account, tries
/// in it what a program would, judges here what it met, and deletes the pod.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "KubeInClusterProbe", HelpUri = HelpPages.Folder + "Invoke-KubeInClusterProbe.md", SupportsShouldProcess = true)]
[OutputType(typeof(AccessReport))]
public sealed class InvokeKubeInClusterProbeCommand : ForAccountCmdlet
{
    // After Ctrl+C the user is not kept waiting for what the cluster does by itself a little later.
    private static readonly TimeSpan PatienceAfterStop = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // More than a check at the console gets: the pod has little CPU.
    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(30);

    /// <summary>The verb to try.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VerbCompleter))]
    public string Verb { get; set; } = "list";

    /// <summary>The resource to try it on: <c>pods</c>, <c>deployments.apps</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public string Resource { get; set; } = "pods";

    /// <summary>The namespace to try it in; the whole cluster where this is left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [WithoutKind("namespace")]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? ResourceNamespace { get; set; }

    /// <summary>
    /// The image of the pod, with PowerShell 7.4 or later; the official one, mcr.microsoft.com/powershell in a fixed version, where
    /// this is left out. It needs no module.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Image { get; set; }

    /// <summary>
    /// When the node pulls the image: Always, IfNotPresent or Never. Where this is left out the cluster decides: it pulls an image
    /// of a fixed version that the node does not have yet, and one without a version or with <c>:latest</c> always.
    /// </summary>
    [Parameter]
    public ImagePullPolicy? ImagePullPolicy { get; set; }

    /// <summary>
    /// How long to wait, in seconds, before the error that tells what it waits for. The first pull of an image takes the
    /// most of it.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int TimeoutSeconds { get; set; } = 120;

    /// <summary>Leave the Job and its pod, whose log has the evidence, for you to look at and delete.</summary>
    [Parameter]
    public SwitchParameter Keep { get; set; }

    private protected override void Process(Connection cluster, string @namespace, ServiceAccountReference account)
    {
        if (ResourceNamespace is not null)
        {
            KubeName.RequireNamespace(ResourceNamespace);
        }

        var looked = Look(cluster, @namespace, account.Name);
        if (!ShouldProcess(cluster, $"ServiceAccount {@namespace}/{account.Name}", $"Run a pod that tries to {Verb} {Resource}"))
        {
            return;
        }

        var timeout = TimeSpan.FromSeconds(TimeoutSeconds);
        var question = new AccessQuestion
        {
            Verb = Verb,
            Resource = FullResource(cluster),
            Namespace = ResourceNamespace,
            Timeout = timeout < LongestCheck ? timeout : LongestCheck,
        };
        var evidence = Run(cluster, new ProbeSpec(@namespace, account.Name, question, timeout) { Image = Image, ImagePullPolicy = ImagePullPolicy, Keep = Keep });
        if (looked?.AutomountToken is { } automount)
        {
            evidence = evidence with { Mount = evidence.Mount with { AccountAutomount = automount } };
        }

        if (looked?.AutomountToken == false)
        {
            WriteWarning(
                $"The probe's pod asked for its token. Other pods of service account {@namespace}/{account.Name} get none unless their own spec has "
                + "automountServiceAccountToken: true, because the account has false.");
        }

        WriteObject(From(cluster, AccessJudge.Judge(evidence)));
    }

    /// <summary>The resource with the group that it is in: the pod may not be let to look that up.</summary>
    private string FullResource(Connection cluster)
    {
        var argument = ResourceArgument.Parse(Resource);
        var found = Await(call => cluster.Api.FindResourceAsync(argument, call)).Resource;
        return found is null ? Resource : argument.Rest is { } rest ? $"{found.FullName}/{rest}" : found.FullName;
    }

    private AccessEvidence Run(Connection cluster, ProbeSpec spec)
    {
        // Goes on when the pipeline is stopped: a Job that is made in that moment must not be lost.
        var starting = Task.Run(() => cluster.Api.StartProbeAsync(spec, Call));
        string? job = null;
        try
        {
            job = Await(_ => starting);
            WriteVerbose($"Made Job {spec.Namespace}/{job}.");
            var evidence = Await(call => new ProbeWait(cluster.Api, spec).ForEvidenceAsync(job, call));

            // While the pod is there: afterwards the token would be called one of a pod that was deleted.
            return Await(call => EvidenceCompletion.AddAsync(ClientLoadContext.Gateway, evidence, cluster.Api, call));
        }
        finally
        {
            if (!Keep)
            {
                CleanUp(cluster, spec, starting, job);
            }
        }
    }

    private void CleanUp(Connection cluster, ProbeSpec spec, Task<string> starting, string? job)
    {
        var stopped = Call.Stop.IsCancellationRequested;
        var problem = Finish(
            async call => await cluster.Api.DeleteProbeAsync(spec.Namespace, await starting.ConfigureAwait(false), call).ConfigureAwait(false),
            stopped ? PatienceAfterStop : Patience);
        if (problem is not null && job is not null && !stopped)
        {
            WriteWarning($"Job {spec.Namespace}/{job} could not be deleted: {problem} The cluster deletes it some minutes after its end.");
        }
    }

    // Null where it may not be looked at.
    private ServiceAccount? Look(Connection cluster, string ns, string name)
    {
        try
        {
            return Await(call => cluster.Api.GetServiceAccountAsync(ns, name, call));
        }
        catch (KubeApiException failure) when (failure.Kind == FailureKind.Forbidden)
        {
            WriteVerbose($"May not look whether service account {ns}/{name} exists, and whether its pods get a token by themselves.");
            return null;
        }
    }
}
