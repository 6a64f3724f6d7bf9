using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KubeSa.Contract.Replay;

/// <summary>Makes of a recording the request to send, and of two answers their differences.</summary>
internal static partial class RecordedExchange
{
    // Said by the connection or by the hour, not by the API server; or left out of most recordings.
    private static readonly HashSet<string> IgnoredHeaders =
        ["transfer-encoding", "content-length", "date", "etag", "x-kubernetes-pf-flowschema-uid", "x-kubernetes-pf-prioritylevel-uid"];

    // What may not be there unless the recording has it.
    private static readonly string[] TellingHeaders = ["warning", "retry-after", "www-authenticate", "x-content-type-options"];

    /// <summary>The request, with ours for every recorded value met so far.</summary>
    public static HttpRequestMessage RequestOf(Recording recording, Bindings bindings, long currentVersion, string url)
    {
        var recorded = recording.Request!;
        var path = bindings.Substitute(Versions((string)recorded["path"]!, bindings, currentVersion));
        var request = new HttpRequestMessage(
            new HttpMethod((string)recorded["method"]!),
            new Uri(url + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        var text = recorded["text"] is { } typed ? (string)typed! : recorded["body"] is { } body ? SpacedJson.Text(body) : null;
        if (text is not null)
        {
            request.Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(bindings.Substitute(Versions(text, bindings, currentVersion))));
        }

        foreach (var (name, value) in recorded["headers"]?.AsObject() ?? [])
        {
            var substituted = bindings.Substitute((string)value!);
            if (!request.Headers.TryAddWithoutValidation(name, substituted))
            {
                request.Content ??= new ByteArrayContent([]);
                request.Content.Headers.TryAddWithoutValidation(name, substituted);
            }
        }

        return request;
    }

    /// <summary>Holds status and headers of our answer against the recorded ones.</summary>
    public static void CompareHead(Comparison comparison, JsonObject recorded, HttpResponseMessage answer)
    {
        if ((int?)recorded["status"] != (int)answer.StatusCode)
        {
            comparison.Differ("status", recorded["status"]?.ToString() ?? "none", ((int)answer.StatusCode).ToString());
        }

        var theirs = recorded["headers"]?.AsObject() ?? [];
        // As sent: the typed view writes a media type anew.
        var ours = answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated).ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToArray());
        foreach (var (name, value) in theirs)
        {
            if (!IgnoredHeaders.Contains(name))
            {
                var expected = value is JsonArray many ? many.Select(v => (string)v!).ToArray() : [(string)value!];
                var actual = ours.GetValueOrDefault(name) ?? [];
                if (string.Join('\n', expected) != string.Join('\n', actual))
                {
                    comparison.Differ($"header {name}", string.Join(" | ", expected), string.Join(" | ", actual));
                }
            }
        }

        foreach (var name in TellingHeaders.Where(n => ours.ContainsKey(n) && !theirs.ContainsKey(n)))
        {
            comparison.Differ($"header {name}", "(missing)", string.Join(" | ", ours[name]));
        }
    }

    /// <summary>Holds the body of our answer against the recorded one.</summary>
    public static void CompareBody(Comparison comparison, JsonObject recorded, string answer)
    {
        if (recorded.TryGetPropertyValue("body", out var body))
        {
            var ours = TryParse(answer);
            if (ours is null)
            {
                comparison.Differ("body", "JSON", answer);
            }
            else
            {
                comparison.Nodes("body", body, ours);
            }

            return;
        }

        var text = (string?)recorded["text"] ?? "";
        if (text.StartsWith("{\n", StringComparison.Ordinal) && answer.StartsWith("{\n", StringComparison.Ordinal))
        {
            comparison.Nodes("text", TryParse(text), TryParse(answer));
        }
        else if ((string?)recorded["headers"]?["content-type"] == "application/yaml")
        {
            comparison.Nodes("text", YamlTree.Parse(text), YamlTree.Parse(answer));
        }
        else
        {
            comparison.Texts("text", text, answer);
        }
    }

    private static JsonNode? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    // A version that no recorded answer held was the latest when the request was sent; the small and the huge ones were made up.
    private static string Versions(string text, Bindings bindings, long currentVersion) => Version().Replace(text, match =>
    {
        var recorded = long.Parse(match.Value);
        return recorded is <= 10 or 99999999 ? match.Value : bindings.Find("version", match.Value) ?? currentVersion.ToString();
    });

    [GeneratedRegex("""(?<=resourceVersion=|"resourceVersion": ?")\d+""")]
    private static partial Regex Version();
}
