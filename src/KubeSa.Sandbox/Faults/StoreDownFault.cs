using System.Text.Json.Nodes;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Faults;

/// <summary>
/// The server has lost its store: what a cache can answer it answers, the rest ends in timeouts or breaks. Real servers take up
/// to a minute for that; this one does not.
/// </summary>
internal sealed class StoreDownFault(ServerVersion serverVersion) : IHttpFault
{
    public bool Concerns(RequestInfo info) => info.IsResource && info.Parameter("resourceVersion") != "0";

    public Task HandleAsync(HttpContext http, RequestInfo info, ActiveFault fault, Func<Task> next) =>
        serverVersion.IsLegacy ? Legacy(http, info) : Modern(http, info);

    private static Task Modern(HttpContext http, RequestInfo info)
    {
        if (info.Verb is "get" or "list" or "watch")
        {
            http.Abort();
            return Task.CompletedTask;
        }

        return TimeoutAsync(http, "request did not complete within the allotted timeout");
    }

    private static Task Legacy(HttpContext http, RequestInfo info)
    {
        if (info.Verb is "list" or "watch")
        {
            return TimeoutAsync(http, "request did not complete within 1m0s");
        }

        if (info.Verb == "get")
        {
            throw new ApiError(500, "", "rpc error: code = Unavailable desc = transport is closing");
        }

        var allotted = info.Parameter("timeout") is { Length: > 0 } timeout ? $"requested timeout {timeout}" : "1m0s";
        throw new ApiError(504, "Timeout", $"Timeout: request did not complete within {allotted}", []);
    }

    // The gate that ends overdue requests writes its Status without a kind, and calls it text.
    private static Task TimeoutAsync(HttpContext http, string message)
    {
        var status = new JsonObject
        {
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = $"Timeout: {message}",
            ["reason"] = "Timeout",
            ["details"] = new JsonObject(),
            ["code"] = 504,
        };
        return ResponseWriter.BytesAsync(http, 504, "text/plain; charset=utf-8", Json.ToUtf8(status));
    }
}
