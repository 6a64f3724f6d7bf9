using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace KubeSa.Analysis.Reports;

/// <summary>
/// The report as SARIF 2.1.0 (OASIS), as code scanning wants it: a run with a category of its own for each cluster, a place for
/// each result (a live cluster has no source file, so one that stands for the account), and fingerprints of our own, which the
/// uploader would else compute from source files. The limits are those of GitHub's documentation, "SARIF support for code scanning".
/// </summary>
internal static partial class SarifReport
{
    /// <summary>The most results of a run that are shown.</summary>
    internal const int MostResults = 5_000;

    /// <summary>The most runs of a file.</summary>
    internal const int MostRuns = 20;

    private const int LongestDescription = 1024;

    /// <summary>The files, one or more: what does not fit into one goes into the next.</summary>
    internal static IReadOnlyList<string> Write(AuditReport report, string version) =>
        [.. report.Clusters.DefaultIfEmpty("cluster").SelectMany(cluster => RunsOf(report, cluster)).Chunk(MostRuns).Select(runs => WriteLog(report, runs, version))];

    private static IEnumerable<Run> RunsOf(AuditReport report, string cluster)
    {
        var results = report.Findings.Where(finding => AuditReport.ClustersOf(finding).Contains(cluster))
            .Select(finding => new Result(report.RuleOf(finding), finding, null))
            .Concat(report.Paths.Where(path => AuditReport.ClusterOf(path) == cluster).Select(path => new Result(PathRules.Of(path), null, path)))
            .OrderByDescending(result => result.Severity)
            .Chunk(MostResults)
            .DefaultIfEmpty([]);
        return results.Select((some, part) => new Run(cluster, part, some));
    }

    private static string WriteLog(AuditReport report, IEnumerable<Run> runs, string version)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            foreach (var run in runs)
            {
                WriteRun(json, report, run, version);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void WriteRun(Utf8JsonWriter json, AuditReport report, Run run, string version)
    {
        List<AuditRule> rules = [.. run.Results.Select(result => result.Rule).DistinctBy(rule => rule.Id).OrderBy(rule => rule.Id, StringComparer.Ordinal)];
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "KubeSa");
        json.WriteString("semanticVersion", version);
        json.WriteString("informationUri", "https://github.com/kubesa/KubeSa");
        json.WriteStartArray("rules");
        rules.ForEach(rule => WriteRule(json, rule));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("automationDetails");
        json.WriteString("id", $"kubesa/{PathPart(run.Cluster)}/{(run.Part == 0 ? string.Empty : $"{run.Part + 1}/")}");
        json.WriteEndObject();
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", true);
        json.WriteString("endTimeUtc", report.Written.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        foreach (var result in run.Results)
        {
            WriteResult(json, run.Cluster, result, rules.FindIndex(rule => rule.Id == result.Rule.Id));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, AuditRule rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        WriteText(json, "shortDescription", Short(rule.Title));
        WriteText(json, "fullDescription", Short($"{rule.LooksFor} {rule.Why}"));
        json.WriteStartObject("help");
        json.WriteString("text", $"{rule.Why}\n\nLooks for: {rule.LooksFor}\n\nRemedy: {rule.Remedy}\n\nReference: {rule.Reference}");
        json.WriteEndObject();
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", Level(rule.Severity));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("precision", "high");
        json.WriteString("security-severity", Score(rule.Severity));
        json.WriteStartArray("tags");
        json.WriteStringValue("security");
        json.WriteStringValue("kubernetes");
        json.WriteStringValue("rbac");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, string cluster, Result result, int rule)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", result.Rule.Id);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", Level(result.Severity));
        WriteText(json, "message", result.Message);
        json.WriteStartArray("locations");
        WriteLocation(json, cluster, result, null);
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("primaryLocationLineHash", $"{result.Fingerprint}:1");
        json.WriteEndObject();
        if (result.Path is { } path)
        {
            WriteFlow(json, cluster, result, path);
        }

        json.WriteStartObject("properties");
        json.WriteString("severity", result.Severity.ToString());
        if (result.Command is { } command)
        {
            json.WriteString("command", command);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFlow(Utf8JsonWriter json, string cluster, Result result, EscalationPath path)
    {
        json.WriteStartArray("codeFlows");
        json.WriteStartObject();
        json.WriteStartArray("threadFlows");
        json.WriteStartObject();
        json.WriteStartArray("locations");
        foreach (var step in path.Steps)
        {
            json.WriteStartObject();
            json.WritePropertyName("location");
            WriteLocation(json, cluster, result, $"{step}. {step.Condition}");
            json.WriteString("importance", "essential");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteLocation(Utf8JsonWriter json, string cluster, Result result, string? message)
    {
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Place(cluster, result.Namespace, result.ServiceAccount));
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", 1);
        json.WriteNumber("startColumn", 1);
        json.WriteNumber("endLine", 1);
        json.WriteNumber("endColumn", 2);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("fullyQualifiedName", string.Join('/', new[] { cluster, result.Namespace, result.ServiceAccount }.Where(part => part is not null)));
        json.WriteString("kind", "resource");
        json.WriteEndObject();
        json.WriteEndArray();
        if (message is not null)
        {
            WriteText(json, "message", message);
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    /// <summary>A file that is not there and stands for the account: relative, with nothing that would have to be escaped.</summary>
    private static string Place(string cluster, string? ns, string? account) => (ns, account) switch
    {
        (null, null) => $"clusters/{PathPart(cluster)}/cluster.yaml",
        ({ } some, null) => $"clusters/{PathPart(cluster)}/{PathPart(some)}/namespace.yaml",
        (null, { } name) => $"clusters/{PathPart(cluster)}/{PathPart(name)}.yaml",
        ({ } some, { } name) => $"clusters/{PathPart(cluster)}/{PathPart(some)}/serviceaccount-{PathPart(name)}.yaml",
    };

    // Dots alone would be a step up in the tree.
    private static string PathPart(string name)
    {
        var plain = NotInPath().Replace(name, "-").Trim('.');
        return plain.Length == 0 ? "-" : plain;
    }

    private static string Short(string text) => text.Length <= LongestDescription ? text : string.Concat(text.AsSpan(0, LongestDescription - 3), "...");

    private static string Level(AuditSeverity severity) => severity switch
    {
        AuditSeverity.Critical or AuditSeverity.High => "error",
        AuditSeverity.Medium => "warning",
        _ => "note",
    };

    // Above 9 is critical, 7 to 8.9 high, 4 to 6.9 medium.
    private static string Score(AuditSeverity severity) => severity switch
    {
        AuditSeverity.Critical => "9.5",
        AuditSeverity.High => "8.0",
        AuditSeverity.Medium => "5.5",
        AuditSeverity.Low => "2.0",
        _ => "0.1",
    };

    [GeneratedRegex("[^A-Za-z0-9._-]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotInPath();

    private sealed record Run(string Cluster, int Part, Result[] Results);

    private sealed record Result(AuditRule Rule, AuditFinding? Finding, EscalationPath? Path)
    {
        internal AuditSeverity Severity => Finding?.Severity ?? Rule.Severity;

        internal string? Namespace => Finding is { } finding ? finding.Namespace : Path!.Namespace;

        internal string? ServiceAccount => Finding is { } finding ? finding.ServiceAccount : Path!.ServiceAccount;

        internal string? Command => Finding?.Command;

        internal string Fingerprint => Finding?.Fingerprint ?? PathRules.Fingerprint(Path!);

        internal string Message => Finding is { } finding
            ? $"{finding.Account}: {finding.Message} {finding.Remedy}"
            : $"{Path!.From} can become {Path.To} in {Path.Steps.Length} {(Path.Steps.Length == 1 ? "step" : "steps")} ({Path.Certainty})."
                + (Path.Cut.Length == 0 ? string.Empty : $" To close all its paths: remove {string.Join(" and ", Path.Cut)}.");
    }
}
