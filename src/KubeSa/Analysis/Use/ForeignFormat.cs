namespace KubeSa.Analysis.Use;

/// <summary>Knows other logs by their marks, so that the refusal can say what a file is and where the right one is found.</summary>
internal static class ForeignFormat
{
    /// <summary>What a record is that is JSON and holds no event of audit.k8s.io/v1.</summary>
    internal static string NameOf(AuditEvent read, ReadOnlySpan<byte> json)
    {
        if (read.ApiVersion.StartsWith("audit.k8s.io/", StringComparison.Ordinal))
        {
            return read.ApiVersion == "audit.k8s.io/v1"
                ? $"a {read.Kind} of audit.k8s.io/v1, and not an Event"
                : $"an audit event of {read.ApiVersion}, which servers before 1.24 could write; let the server write audit.k8s.io/v1 (--audit-log-version)";
        }

        if (json.IndexOf("\"protoPayload\""u8) >= 0)
        {
            return "a LogEntry of Google Cloud (protoPayload), which leaves out what audit.k8s.io/v1 has: the decision, the binding and the pod";
        }

        if (json.IndexOf("\"eventSource\""u8) >= 0 && json.IndexOf("\"awsRegion\""u8) >= 0)
        {
            return "an event of AWS CloudTrail, which is about AWS and not about the cluster: EKS writes its audit log to CloudWatch (kube-apiserver-audit)";
        }

        if (read.Kind == "Event" && read.ApiVersion is "v1" or "events.k8s.io/v1")
        {
            return $"an Event of {read.ApiVersion}, as kubectl get events shows them, and not an audit event";
        }

        if (json.IndexOf("\"AccessUseAggregate\""u8) >= 0)
        {
            return "a saved aggregate: give it to Merge-KubeAccessUse";
        }

        return read.Kind.Length > 0 && read.ApiVersion.Length > 0 ? $"a {read.Kind} of {read.ApiVersion}" : "JSON that is no audit event";
    }

    /// <summary>What a line is that holds no JSON; null where it may be an event of which the beginning is lost.</summary>
    internal static string? NameOfText(ReadOnlySpan<byte> line)
    {
        if (line.IndexOf("AUDIT: id="u8) >= 0)
        {
            return "the audit log's legacy text format; let the server write JSON (--audit-log-format=json)";
        }

        // Klog: I1125 16:55:35.309625       1 file.go:12] text
        return line.Length > 20 && line[0] is (byte)'I' or (byte)'W' or (byte)'E' or (byte)'F' && line[1..5].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && line[5] == ' '
            ? "the log of a component (klog), and not an audit log"
            : null;
    }
}
