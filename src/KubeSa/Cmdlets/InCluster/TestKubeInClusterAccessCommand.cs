using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Diagnosis;
using KubeSa.Diagnosis.Gathering;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>
/// Proves that a pod's service account can do its work, or names the cause why it cannot. Run in the pod, or anywhere
/// with a copy of the mount.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "KubeInClusterAccess", HelpUri = HelpPages.Folder + "Test-KubeInClusterAccess.md", DefaultParameterSetName = AllNamespacesSet)]
[OutputType(typeof(AccessReport), typeof(bool))]
public sealed class TestKubeInClusterAccessCommand : EvidenceCmdlet
{
    private const string NamespaceSet = "Namespace";
    private const string AllNamespacesSet = "AllNamespaces";
    private const string EvidenceSet = "Evidence";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>
    /// The folder with the files token, ca.crt and namespace, where it is not
    /// /var/run/secrets/kubernetes.io/serviceaccount.
    /// </summary>
    [Parameter(ParameterSetName = NamespaceSet, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = AllNamespacesSet, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? MountPath { get; set; }

    /// <summary>
    /// The URL of the API server; that of KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT where it is left out.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? ApiServer { get; set; }

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

    /// <summary>The namespace to try it in.</summary>
    [Parameter(ParameterSetName = NamespaceSet, Mandatory = true)]
    [Alias("ns", "n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    /// <summary>Try it in the whole cluster, as is done where no namespace is given.</summary>
    [Parameter(ParameterSetName = AllNamespacesSet)]
    [Alias("A")]
    public SwitchParameter AllNamespaces { get; set; }

    /// <summary>How long a check may take, from its first step to its last, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>Output true or false and not the report.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>
    /// Output the report as plain text for a ticket, without names that tell whose cluster it is: what ToTicket() of the report
    /// gives, also where Constrained Language Mode refuses to call methods. -Quiet wins over it.
    /// </summary>
    [Parameter]
    public SwitchParameter AsTicket { get; set; }

    /// <summary>Try again and again, through failures, until -Count or Ctrl+C.</summary>
    [Parameter]
    public SwitchParameter Continuous { get; set; }

    /// <summary>How long to wait between two rounds of -Continuous, in seconds.</summary>
    [Parameter]
    [ValidateRange(0, 86400)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public double IntervalSeconds { get; set; } = 10;

    /// <summary>How many rounds -Continuous makes; without end where this is 0 or left out.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int Count { get; set; }

    /// <summary>
    /// Output what was seen, as JSON to be judged elsewhere, and not the report. It holds no secret. Its form is told in
    /// about_KubeSa_Evidence.
    /// </summary>
    [Parameter(ParameterSetName = NamespaceSet)]
    [Parameter(ParameterSetName = AllNamespacesSet)]
    public SwitchParameter AsEvidence { get; set; }

    /// <summary>
    /// Try nothing but judge this evidence of another run, as ConvertFrom-KubeAccessEvidence does: files (with wildcards), a log that holds it, or the JSON itself,
    /// whole or line by line. Only -AdminConnection and -Quiet go with it, for what was asked is part of the evidence.
    /// </summary>
    // Not mandatory: else the binder makes text of whatever is piped rather than take its MountPath.
    [Parameter(ParameterSetName = EvidenceSet, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string Evidence { get; set; } = string.Empty;

    /// <summary>
    /// The same, with files of evidence by their names as they stand: no character is a wildcard. Files from Get-ChildItem
    /// come in by it.
    /// </summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    private protected override void Process()
    {
        if (ParameterSetName is EvidenceSet or LiteralPathSet)
        {
            // ConvertFrom-KubeAccessEvidence is the cmdlet for that; this is the same by its older name.
            RefuseQuestions();
            if (ParameterSetName == LiteralPathSet)
            {
                ProcessFiles(FilesOf([], LiteralPath));
            }
            else
            {
                ProcessText(Evidence);
            }

            return;
        }

        ResourceArgument.Parse(Resource);
        var question = new AccessQuestion
        {
            MountPath = MountPath is null ? null : ResolvePath(MountPath),
            ApiServer = ApiServer,
            Verb = Verb,
            Resource = Resource,
            Namespace = Namespace,
            Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
        };

        // A count alone says as much as -Continuous with it.
        var rounds = Count > 0 ? Count : Continuous ? int.MaxValue : 1;
        var series = rounds > 1 ? new AccessRounds() : null;
        for (var round = 1; round <= rounds; round++)
        {
            var evidence = Await(call => ClientLoadContext.Gateway.GatherEvidenceAsync(question, MountedTokenLookup.By(ClientLoadContext.Gateway, AdminConnection?.Api), call));
            Judge(evidence, series);
            if (round < rounds)
            {
                Pause();
            }
        }
    }

    // By this name the views know it, and show it as a line and not as a checklist.
    private static PSObject Line(AccessReport report)
    {
        var line = new PSObject(report);
        line.TypeNames.Insert(0, $"{typeof(AccessReport).FullName}#Round");
        return line;
    }

    private protected override void Process(AccessEvidence evidence) => Judge(evidence, null);

    private void RefuseQuestions()
    {
        if (MyInvocation.BoundParameters.Keys.FirstOrDefault(name => !EvidenceText.GoesWithEvidence(name)) is { } other)
        {
            ThrowTerminatingError(FailureRecords.From(
                new KubeApiException(FailureKind.InvalidRequest, $"-{other} does not go with -Evidence: what was asked, and whom, is part of the evidence."), other));
        }
    }

    private void Judge(AccessEvidence evidence, AccessRounds? series)
    {
        if (AsEvidence)
        {
            WriteObject(EvidenceJson.Write(evidence, indented: true));
            return;
        }

        var report = AccessJudge.Judge(evidence);
        WriteObject(Quiet ? report.Success : AsTicket ? report.ToTicket() : series is null ? report : Line(series.Add(evidence, report)));
    }

    private void Pause() => Await(async call =>
    {
        await Task.Delay(TimeSpan.FromSeconds(IntervalSeconds), call.Stop).ConfigureAwait(false);
        return true;
    });
}
