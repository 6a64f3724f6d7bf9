using System.Globalization;
using System.Text;
using System.Text.Json;

namespace KubeSa.Analysis.Reports;

/// <summary>The report as JSON for programs: the properties of the objects, by the names that PowerShell shows.</summary>
internal static class JsonReport
{
    private const string Format = "kubesa.audit-report/v1";

    internal static string Write(AuditReport report)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteString("written", report.Written.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            WriteTexts(json, "clusters", report.Clusters);
            json.WriteStartArray("findings");
            foreach (var finding in report.Findings)
            {
                WriteFinding(json, finding);
            }

            json.WriteEndArray();
            json.WriteStartArray("paths");
            foreach (var path in report.Paths)
            {
                WritePath(json, path);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void WriteFinding(Utf8JsonWriter json, AuditFinding finding)
    {
        json.WriteStartObject();
        json.WriteString(nameof(finding.RuleId), finding.RuleId);
        json.WriteString(nameof(finding.Severity), finding.Severity.ToString());
        WriteTexts(json, nameof(finding.Clusters), AuditReport.ClustersOf(finding));
        json.WriteString(nameof(finding.Namespace), finding.Namespace);
        json.WriteString(nameof(finding.ServiceAccount), finding.ServiceAccount);
        json.WriteString(nameof(finding.Message), finding.Message);
        json.WriteStartArray(nameof(finding.Evidence));
        foreach (var evidence in finding.Evidence)
        {
            json.WriteStartObject();
            json.WriteString(nameof(evidence.Kind), evidence.Kind);
            json.WriteString(nameof(evidence.Namespace), evidence.Namespace);
            json.WriteString(nameof(evidence.Name), evidence.Name);
            json.WriteString(nameof(evidence.Detail), evidence.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString(nameof(finding.Remedy), finding.Remedy);
        json.WriteString(nameof(finding.Command), finding.Command);
        json.WriteString(nameof(finding.Reference), finding.Reference);
        json.WriteString(nameof(finding.SeverityReason), finding.SeverityReason);
        json.WriteString(nameof(finding.Fingerprint), finding.Fingerprint);
        json.WriteEndObject();
    }

    private static void WritePath(Utf8JsonWriter json, EscalationPath path)
    {
        json.WriteStartObject();
        json.WriteString(nameof(path.Cluster), AuditReport.ClusterOf(path));
        json.WriteString(nameof(path.From), path.From);
        json.WriteString(nameof(path.To), path.To);
        json.WriteString(nameof(path.Certainty), path.Certainty.ToString());
        json.WriteStartArray(nameof(path.Steps));
        foreach (var step in path.Steps)
        {
            json.WriteStartObject();
            json.WriteString(nameof(step.From), step.From);
            json.WriteString(nameof(step.To), step.To);
            json.WriteString(nameof(step.Edge), step.Edge);
            json.WriteString(nameof(step.Binding), step.Binding);
            json.WriteString(nameof(step.Role), step.Role);
            json.WriteString(nameof(step.Rule), step.Rule);
            json.WriteString(nameof(step.Condition), step.Condition);
            json.WriteString(nameof(step.Certainty), step.Certainty.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteTexts(json, nameof(path.Cut), path.Cut);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
