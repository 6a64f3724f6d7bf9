using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KubeSa.Contract.Replay;

/// <summary>Holds a recorded answer against ours: equal but for what the bindings allow.</summary>
internal sealed class Comparison(Bindings bindings)
{
    // What tells the entries of a list apart, where their order or their number is not the recording's to say.
    private static readonly string[] Identities = ["name", "resource", "subresource", "version"];

    private readonly List<string> _differences = [];

    public IReadOnlyList<string> Differences => _differences;

    /// <summary>The recording leaves entries of long lists out; the others must be there.</summary>
    public bool IsTrimmed { get; init; }

    /// <summary>The recorded server answered from a hash table: its entries come in any order.</summary>
    public bool IsUnordered { get; init; }

    /// <summary>Compares two trees; managedFields are nobody's contract and left out.</summary>
    public void Nodes(string path, JsonNode? recorded, JsonNode? actual)
    {
        switch (recorded)
        {
            case JsonObject theirs when actual is JsonObject ours:
                Objects(path, theirs, ours);
                break;
            case JsonArray theirs when actual is JsonArray ours:
                Arrays(path, OfKubernetes(path, theirs), ours);
                break;
            case JsonValue theirs when actual is JsonValue ours && IsText(theirs) && IsText(ours):
                Texts(path, theirs.GetValue<string>(), ours.GetValue<string>());
                break;
            default:
                if (!JsonNode.DeepEquals(recorded, actual))
                {
                    Differ(path, Show(recorded), Show(actual));
                }

                break;
        }
    }

    /// <summary>Compares two texts, volatile pieces by their bindings.</summary>
    public void Texts(string path, string recorded, string actual)
    {
        if (IsVersion(path, recorded))
        {
            Bound(path, "version", recorded, actual);
            return;
        }

        if (path.Contains(".cells[", StringComparison.Ordinal) && recorded.Length > 0 && VolatileValues.Age().IsMatch(recorded) && VolatileValues.Age().IsMatch(actual))
        {
            return;
        }

        // The start of a path in the server's build is left out of the recording.
        if (recorded.Contains("\"…/pkg/", StringComparison.Ordinal))
        {
            actual = actual.Replace("\"k8s.io/kubernetes/pkg/", "\"…/pkg/", StringComparison.Ordinal);
        }

        if (KindByPath(path) is { } kind)
        {
            Bound(path, kind, recorded, actual);
            return;
        }

        var pieces = VolatileValues.Pattern().Matches(recorded);
        if (pieces.Count == 0)
        {
            if (recorded != actual)
            {
                Differ(path, recorded, actual);
            }

            return;
        }

        var match = Regex.Match(actual, TemplateOf(recorded, pieces));
        if (!match.Success)
        {
            Differ(path, recorded, actual);
            return;
        }

        for (var i = 0; i < pieces.Count; i++)
        {
            Bound(path, VolatileValues.KindOf(pieces[i]), pieces[i].Value, match.Groups[i + 1].Value);
        }
    }

    public void Differ(string path, string recorded, string actual) =>
        _differences.Add($"{path}\n    recorded: {recorded}\n    answered: {actual}");

    private void Objects(string path, JsonObject recorded, JsonObject actual)
    {
        foreach (var (name, value) in recorded)
        {
            if (name == "managedFields")
            {
                continue;
            }

            if (actual.TryGetPropertyValue(name, out var other))
            {
                Nodes($"{path}.{name}", value, other);
            }
            else
            {
                Differ($"{path}.{name}", Show(value), "(missing)");
            }
        }

        foreach (var (name, value) in actual)
        {
            if (name != "managedFields" && !recorded.ContainsKey(name))
            {
                Differ($"{path}.{name}", "(missing)", Show(value));
            }
        }
    }

    private void Arrays(string path, JsonArray recorded, JsonArray actual)
    {
        if ((IsUnordered && path is "body.items" or "lines" or "body.status.resourceRules" or "body.status.nonResourceRules" && recorded.Count == actual.Count) || (IsTrimmed && recorded.Count <= actual.Count))
        {
            actual = Matching(recorded, actual);
        }

        if (recorded.Count != actual.Count)
        {
            Differ(path, $"{recorded.Count} entries: {Show(recorded)}", $"{actual.Count} entries: {Show(actual)}");
            return;
        }

        for (var i = 0; i < recorded.Count; i++)
        {
            Nodes($"{path}[{i}]", recorded[i], actual[i]);
        }
    }

    // One source of the token volume comes from the recorded server's distribution; the recordings say so in a note.
    private static JsonArray OfKubernetes(string path, JsonArray recorded) => path.EndsWith(".projected.sources", StringComparison.Ordinal)
        ? [.. recorded.Where(source => (string?)source?["configMap"]?["name"] != "openshift-service-ca.crt").Select(source => source!.DeepClone())]
        : recorded;

    private static JsonArray Matching(JsonArray recorded, JsonArray actual)
    {
        var byIdentity = actual.Where(n => n is not null).GroupBy(n => IdentityOf(n!)).ToDictionary(g => g.Key, g => g.First());
        return [.. recorded.Where(n => n is not null && byIdentity.ContainsKey(IdentityOf(n))).Select(n => byIdentity[IdentityOf(n!)]!.DeepClone())];
    }

    private static string IdentityOf(JsonNode node)
    {
        if (node is not JsonObject obj)
        {
            return node.ToJsonString();
        }

        obj = obj["object"] as JsonObject ?? obj;
        var named = obj["metadata"] is JsonObject { Count: > 0 } metadata ? metadata : obj;
        // A rule has no name: it is what it says. A group of discovery may have an empty one.
        var nameless = obj.ContainsKey("metadata") ? "" : obj.ToJsonString();
        return $"{named["namespace"]}/{Identities.Select(i => named[i]?.ToString()).FirstOrDefault(v => v is not null) ?? nameless}";
    }

    private void Bound(string path, string kind, string recorded, string actual)
    {
        if (kind == "version" && !long.TryParse(actual, out _))
        {
            Differ(path, recorded, actual);
        }
        else if (bindings.Bind(kind, recorded, actual) is { } problem)
        {
            _differences.Add($"{path}\n    {problem}");
        }
    }

    private static string TemplateOf(string recorded, MatchCollection pieces)
    {
        var template = new System.Text.StringBuilder("^");
        var at = 0;
        foreach (Match piece in pieces)
        {
            template.Append(Regex.Escape(recorded[at..piece.Index])).Append('(').Append(VolatileValues.PatternOf(VolatileValues.KindOf(piece))).Append(')');
            at = piece.Index + piece.Length;
        }

        return template.Append(Regex.Escape(recorded[at..])).Append("\\z").ToString();
    }

    private static bool IsVersion(string path, string recorded) =>
        path.EndsWith(".resourceVersion", StringComparison.Ordinal) && long.TryParse(recorded, out _);

    // Keys look like any other text; only their place tells.
    private static string? KindByPath(string path) =>
        path.EndsWith(".kid", StringComparison.Ordinal) ? "key id"
        : path.EndsWith(".n", StringComparison.Ordinal) && path.Contains(".keys[", StringComparison.Ordinal) ? "modulus"
        : null;

    private static bool IsText(JsonValue value) => value.GetValueKind() == JsonValueKind.String;

    private static string Show(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "null";
        return text.Length <= 600 ? text : text[..600] + "…";
    }
}
