using System.Management.Automation;
using KubeSa.Completion;
using KubeSa.Diagnosis;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>
/// Proves that a pod's service account can do its work, or names the cause why it cannot. Run in the pod, or anywhere
/// with a copy of the mount.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "KubeInClusterAccess", DefaultParameterSetName = AllNamespacesSet)]
[OutputType(typeof(AccessReport), typeof(bool))]
public sealed class TestKubeInClusterAccessCommand : KubeCmdlet
{
    private const string NamespaceSet = "Namespace";
    private const string AllNamespacesSet = "AllNamespaces";

    /// <summary>
    /// The folder with the files token, ca.crt and namespace, where it is not
    /// /var/run/secrets/kubernetes.io/serviceaccount.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? MountPath { get; set; }

    /// <summary>
    /// The URL of the API server; that of KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT where it is left out.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ApiServer { get; set; }

    /// <summary>
    /// A connection of an administrator, by which the server is asked for its keys and what it thinks of the token: so
    /// the exact cause is found of what is a bare 401 from inside.
    /// </summary>
    [Parameter]
    public Connection? AdminConnection { get; set; }

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
    [Alias("ns")]
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
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>Output true or false and not the report.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Try again and again, through failures, until -Count or Ctrl+C.</summary>
    [Parameter]
    public SwitchParameter Continuous { get; set; }

    /// <summary>How long to wait between two rounds of -Continuous, in seconds.</summary>
    [Parameter]
    [ValidateRange(0, 86400)]
    public double IntervalSeconds { get; set; } = 10;

    /// <summary>How many rounds -Continuous makes; without end where this is 0 or left out.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Count { get; set; }

    private protected override void Process()
    {
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
            var evidence = Await(call => ClientLoadContext.Gateway.GatherEvidenceAsync(question, AdminConnection?.Api, call));
            var report = AccessJudge.Judge(evidence);
            WriteObject(Quiet ? report.Success : series is null ? report : Line(series.Add(evidence, report)));
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

    private void Pause() => Await(async call =>
    {
        await Task.Delay(TimeSpan.FromSeconds(IntervalSeconds), call.Stop).ConfigureAwait(false);
        return true;
    });
}
