using System.Management.Automation;
using KubeSa.Analysis.Audit;
using KubeSa.Analysis.Reports;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>Writes findings of the audit and escalation paths to a file that can be sent: a page, SARIF, JSON or a table.</summary>
[Cmdlet(VerbsData.Export, "KubeServiceAccountAuditReport", HelpUri = HelpPages.Folder + "Export-KubeServiceAccountAuditReport.md", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportKubeServiceAccountAuditReportCommand : KubeCmdlet
{
    private static readonly string[] Extensions = [".html", ".sarif", ".json", ".csv"];

    private readonly List<AuditFinding> _findings = [];
    private readonly List<EscalationPath> _paths = [];

    /// <summary>
    /// The file. Its extension says what is written: .html for people, .sarif for code scanning (2.1.0), .json for programs, .csv
    /// for spreadsheets. Where code scanning's limits ask for more than one .sarif file, the next ones are named .2.sarif and so on.
    /// </summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Findings of Invoke-KubeServiceAccountAudit and paths of Find-KubeEscalationPath, both by the pipeline.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>Replace files that exist; without this they are left as they are, and the error is FileAlreadyExists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private string Extension => System.IO.Path.GetExtension(Path).ToLowerInvariant();

    private protected override void Begin()
    {
        if (!Extensions.Contains(Extension))
        {
            Refuse(new KubeApiException(
                FailureKind.InvalidRequest,
                $"'{Path}' does not say which kind of report to write: its extension must be {string.Join(", ", Extensions[..^1])} or {Extensions[^1]}.",
                Path));
        }
    }

    private protected override void Process()
    {
        foreach (var item in InputObject ?? [])
        {
            Guard(() => Take(item));
        }
    }

    private protected override void End() => Guard(Write);

    private void Take(PSObject? item)
    {
        switch (item?.BaseObject)
        {
            case AuditFinding finding:
                _findings.Add(finding);
                break;
            case EscalationPath path:
                _paths.Add(path);
                break;
            default:
                throw new KubeApiException(
                    FailureKind.InvalidRequest,
                    $"A report is made of findings of Invoke-KubeServiceAccountAudit and of paths of Find-KubeEscalationPath, not of {item?.TypeNames.FirstOrDefault() ?? "nothing"}.",
                    Path);
        }
    }

    private void Write()
    {
        var report = new AuditReport(_findings, _paths, AuditChecks.Rules, DateTimeOffset.UtcNow);
        var first = ResolvePath(Path);
        var files = Texts(report).Select((text, part) => (Path: part == 0 ? first : System.IO.Path.ChangeExtension(first, $"{part + 1}{Extension}"), Text: text)).ToList();
        files.ForEach(file => PrivateFile.RequireAbsent(file.Path, Force));
        foreach (var (path, text) in files)
        {
            if (ShouldProcess(path, $"Export report of {_findings.Count} findings and {_paths.Count} paths"))
            {
                PrivateFile.Write(path, text, Force);
                WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);
            }
        }
    }

    private IReadOnlyList<string> Texts(AuditReport report) => Extension switch
    {
        ".sarif" => SarifReport.Write(report, typeof(AuditReport).Assembly.GetName().Version!.ToString(3)),
        ".json" => [JsonReport.Write(report)],
        ".csv" => [CsvReport.Write(report)],
        _ => [HtmlReport.Write(report)],
    };
}
