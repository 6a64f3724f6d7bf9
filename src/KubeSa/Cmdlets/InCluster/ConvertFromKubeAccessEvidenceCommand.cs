using System.Management.Automation;
using KubeSa.Completion;
using KubeSa.Diagnosis;

namespace KubeSa.Cmdlets;

/// <summary>Judges evidence of a check that ran elsewhere, as Test-KubeInClusterAccess -AsEvidence and the probe write it.</summary>
[Cmdlet(VerbsData.ConvertFrom, "KubeAccessEvidence", DefaultParameterSetName = TextSet, HelpUri = HelpPages.Folder + "ConvertFrom-KubeAccessEvidence.md")]
[OutputType(typeof(AccessReport), typeof(string))]
public sealed class ConvertFromKubeAccessEvidenceCommand : EvidenceCmdlet
{
    private const string TextSet = "Text";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>
    /// The evidence: JSON, whole or line by line, or a log that holds it. A name without a brace is that of a file.
    /// </summary>
    // Not mandatory: else the binder makes text of a file that is piped rather than take its path.
    [Parameter(ParameterSetName = TextSet, Position = 0, ValueFromPipeline = true)]
    [Alias("Evidence")]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string InputObject { get; set; } = string.Empty;

    /// <summary>Files of evidence, or logs that hold it, with wildcards.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The same, by their names as they stand: no character is a wildcard. Files from Get-ChildItem come in by it.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// Output the report as plain text for a ticket, without names that tell whose cluster it is: what ToTicket() of the report
    /// gives, also where Constrained Language Mode refuses to call methods.
    /// </summary>
    [Parameter]
    public SwitchParameter AsTicket { get; set; }

    private protected override void Process()
    {
        if (ParameterSetName == TextSet)
        {
            ProcessText(InputObject);
        }
        else
        {
            ProcessFiles(FilesOf(Path, LiteralPath));
        }
    }

    private protected override void Process(AccessEvidence evidence)
    {
        var report = AccessJudge.Judge(evidence);
        WriteObject(AsTicket ? report.ToTicket() : report);
    }
}
