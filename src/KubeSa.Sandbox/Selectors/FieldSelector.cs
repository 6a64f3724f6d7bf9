using System.Text.Json;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Selectors;

/// <summary>A fieldSelector: all of its terms hold. Which fields there are depends on the resource.</summary>
internal sealed class FieldSelector
{
    private static readonly string[] Common = ["metadata.name", "metadata.namespace"];

    private static readonly Dictionary<string, string[]> Own = new()
    {
        ["/pods"] = ["spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork", "status.phase", "status.podIP", "status.nominatedNodeName"],
        ["/secrets"] = ["type"],
        ["/namespaces"] = ["status.phase"],
        ["/nodes"] = ["spec.unschedulable"],
        ["/events"] = ["involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type"],
        ["batch/jobs"] = ["status.successful"],
    };

    private readonly List<(string Field, string Value, bool IsEqual)> _terms = [];

    public bool IsEmpty => _terms.Count == 0;

    /// <summary>Throws a 400 in the server's words.</summary>
    public static FieldSelector Parse(string text, ResourceType type)
    {
        var selector = new FieldSelector();
        foreach (var term in text.Split(',').Where(t => t.Length > 0))
        {
            var (field, sign, value) = SplitTerm(term)
                ?? throw ApiError.BadRequest($"invalid selector: '{text}'; can't understand '{term}'");
            Check(field, type);
            selector._terms.Add((field, value, sign != "!="));
        }

        return selector;
    }

    public bool Matches(StoredObject obj)
    {
        foreach (var (field, value, isEqual) in _terms)
        {
            if ((ValueOf(obj, field) == value) != isEqual)
            {
                return false;
            }
        }

        return true;
    }

    private static (string Field, string Sign, string Value)? SplitTerm(string term)
    {
        var at = term.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0)
        {
            return null;
        }

        return term[at - 1] == '!' ? (term[..(at - 1)], "!=", term[(at + 1)..])
            : at + 1 < term.Length && term[at + 1] == '=' ? (term[..at], "==", term[(at + 2)..])
            : (term[..at], "=", term[(at + 1)..]);
    }

    private static void Check(string field, ResourceType type)
    {
        if (Common.Contains(field) || (Own.TryGetValue(type.StorageKey, out var own) && own.Contains(field)))
        {
            return;
        }

        throw ApiError.BadRequest(Own.ContainsKey(type.StorageKey)
            ? $"field label not supported: {field}"
            : $"\"{field}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
    }

    private static string ValueOf(StoredObject obj, string field)
    {
        if (field == "metadata.name")
        {
            return obj.Name;
        }

        if (field == "metadata.namespace")
        {
            return obj.Namespace;
        }

        using var document = obj.Document();
        var at = document.RootElement;
        foreach (var name in field.Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return "";
            }
        }

        return at.ToString();
    }
}
