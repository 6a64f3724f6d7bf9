using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using KubeSa.Client.Json;

namespace KubeSa.Client.Errors;

/// <summary>What a refusal says that is no Status of Kubernetes: the sentence in the JSON of Rancher and its like, the text of a proxy's page.</summary>
internal static partial class ForeignText
{
    private const int MostRead = 16 * 1024;

    private static readonly string[] Fields = ["message", "error_description", "error", "detail", "title"];

    /// <summary>The text, still to be made safe for quoting; null where there is none.</summary>
    internal static string? Of(string body)
    {
        var text = body.Length <= MostRead ? body.Trim() : body[..MostRead].Trim();
        return text switch
        {
            "" => null,
            ['{', ..] => OfJson(body),
            ['<', ..] => OfPage(text),
            _ => text,
        };
    }

    /// <summary>The same of JSON.</summary>
    internal static string? Of(JsonElement body) =>
        Fields.Select(name => SafeJson.Text(body, name)).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));

    private static string? OfJson(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return Of(json.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // What a person would read: no scripts, no styles, no tags.
    private static string? OfPage(string page)
    {
        var words = Blanks().Replace(WebUtility.HtmlDecode(Tags().Replace(Unread().Replace(page, " "), " ")), " ").Trim();
        return words.Length == 0 ? null : words;
    }

    [GeneratedRegex(@"<(script|style)\b.*?(</\1>|\z)|<!--.*?(-->|\z)", RegexOptions.IgnoreCase | RegexOptions.Singleline, 1000)]
    private static partial Regex Unread();

    [GeneratedRegex("<[^>]*>?")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
