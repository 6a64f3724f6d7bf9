using System.Net;
using System.Text;
using System.Text.Json;
using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Json;
using KubeSa.Secrecy;

namespace KubeSa.Client.Resources.Watches;

/// <summary>
/// A line of a watch (https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes): a change of
/// an object, a mark of how far the watch has come, or why it ends.
/// </summary>
internal abstract record WatchMessage
{
    /// <summary>Reads a line; a FormatException or JsonException where it is none of a watch.</summary>
    /// <param name="line">The line.</param>
    /// <param name="table">The table whose columns were told last.</param>
    internal static WatchMessage Read(ReadOnlySpan<byte> line, ResourceTable table)
    {
        string? type = null;
        ReadOnlySpan<byte> body = default;
        var json = TableJson.Reader(line);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("A line of a watch is not a JSON object.");
        }

        while (JsonFields.NextField(ref json))
        {
            if (JsonFields.Is(ref json, "type"u8))
            {
                type = JsonFields.Text(ref json);
            }
            else if (JsonFields.Is(ref json, "object"u8))
            {
                json.Read();
                var start = (int)json.TokenStartIndex;
                json.Skip();
                body = line[start..(int)json.BytesConsumed];
            }
            else
            {
                json.Skip();
            }
        }

        JsonFields.End(ref json);
        return type switch
        {
            "ADDED" or "MODIFIED" => Change(isDeletion: false, body, table),
            "DELETED" => Change(isDeletion: true, body, table),
            "BOOKMARK" => new WatchMark(VersionOf(body)),
            "ERROR" => End(Encoding.UTF8.GetString(body)),
            _ => throw new FormatException("A line of a watch says nothing that is known."),
        };
    }

    private static WatchedChange Change(bool isDeletion, ReadOnlySpan<byte> body, ResourceTable table)
    {
        var page = TableJson.ReadPage(body, table);
        return new WatchedChange(isDeletion, page.Items, page.Unreadable) { Version = page.ResourceVersion };
    }

    /// <summary>A mark is an object of the kind, or a row of a table, with a version and no name.</summary>
    private static string VersionOf(ReadOnlySpan<byte> body)
    {
        using var json = JsonDocument.Parse(body.ToArray(), new JsonDocumentOptions { MaxDepth = TableJson.MostLevels });
        return SafeJson.Text(SafeJson.Find(json.RootElement, "metadata"), "resourceVersion") is { Length: > 0 } version
            ? version
            : throw new FormatException("A mark of a watch does not say how far it has come.");
    }

    private static WatchEnd End(string status)
    {
        using var json = JsonDocument.Parse(status);
        var code = SafeJson.Find(json.RootElement, "code") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var told)
            ? (HttpStatusCode)told
            : HttpStatusCode.InternalServerError;
        return new WatchEnd(ApiStatus.From(code, status, null));
    }
}

/// <summary>A change of an object.</summary>
/// <param name="IsDeletion">Whether it is gone or matches no longer.</param>
/// <param name="Items">The object; none where it cannot be read.</param>
/// <param name="Unreadable">Why it cannot be read.</param>
internal sealed record WatchedChange(bool IsDeletion, IReadOnlyList<ResourceItem> Items, IReadOnlyList<string> Unreadable) : WatchMessage
{
    /// <summary>The version of the change, where the table says it; else it is that of the object.</summary>
    internal string? Version { get; init; }
}

/// <summary>All changes up to a version have been told.</summary>
internal sealed record WatchMark(string Version) : WatchMessage;

/// <summary>The watch ends, and why.</summary>
internal sealed record WatchEnd(ApiStatus Why) : WatchMessage
{
    /// <summary>Whether the server no longer knows what happened since the version that the watch began with.</summary>
    internal bool IsExpired => Why is { Code: HttpStatusCode.Gone } or { Reason: "Expired" or "Gone" };

    /// <summary>What the server says, as the end of a sentence.</summary>
    internal string Reason => SafeExcerpt.Of(Why.Message) is { } words ? $": {words.TrimEnd('.')}" : string.Empty;
}
