namespace KubeSa.Tests.Wire;

/// <summary>An answer, or the way it fails.</summary>
internal sealed record WireReply(int Status, string Body, string ContentType = "application/json")
{
    internal IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    internal WireFault Fault { get; init; }

    /// <summary>Writes the whole answer, head and all, in place of the rest; then the connection is closed.</summary>
    internal Func<Stream, CancellationToken, Task>? Raw { get; init; }

    internal static WireReply Ok(string body) => new(200, body);

    /// <summary>A Status as API servers send it.</summary>
    internal static WireReply Failure(int code, string reason, string message, string details = "{}", string metadata = "{}") =>
        new(code, $$"""
            {"kind":"Status","apiVersion":"v1","metadata":{{metadata}},"status":"Failure",
             "message":"{{message.Replace("\"", "\\\"", StringComparison.Ordinal)}}","reason":"{{reason}}","details":{{details}},"code":{{code}} }
            """);

    internal static WireReply Account(string ns, string name) => Ok(AccountJson(ns, name));

    internal static string AccountJson(string ns, string name) => $$"""
        {"kind":"ServiceAccount","apiVersion":"v1","metadata":{"name":"{{name}}","namespace":"{{ns}}","uid":"u-{{name}}","resourceVersion":"7","creationTimestamp":"2026-01-02T03:04:05Z"} }
        """;

    internal static WireReply Accounts(string ns, IEnumerable<string> names, string? next = null, int? remaining = null) => Ok($$"""
        {"kind":"ServiceAccountList","apiVersion":"v1","metadata":{"resourceVersion":"9"{{(next is null ? "" : $",\"continue\":\"{next}\"")}}{{(remaining is null ? "" : $",\"remainingItemCount\":{remaining}")}}},
        "items":[{{string.Join(",", names.Select(n => AccountJson(ns, n)))}}]}
        """);
}

internal enum WireFault
{
    None,

    /// <summary>Nothing comes.</summary>
    StallBeforeAnswer,

    /// <summary>Headers and half of the body come, then nothing.</summary>
    StallInBody,

    /// <summary>The connection is closed before an answer.</summary>
    CloseBeforeAnswer,

    /// <summary>The connection is closed in the middle of the body.</summary>
    CloseInBody,
}
