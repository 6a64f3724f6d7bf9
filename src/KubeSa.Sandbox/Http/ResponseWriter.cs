using System.Text;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Audit;

namespace KubeSa.Sandbox.Http;

/// <summary>Writes whole answers.</summary>
public static class ResponseWriter
{
    /// <summary>An object, as JSON or as the YAML the client asked for.</summary>
    public static Task JsonAsync(HttpContext http, int status, JsonNode body)
    {
        AuditRecord.Answered(http, body);
        var (bytes, contentType) = ContentNegotiation.Of(http.Request).Encode(body);
        return BytesAsync(http, status, contentType, bytes);
    }

    /// <summary>Plain text as Go's http.Error sends it.</summary>
    public static Task TextAsync(HttpContext http, int status, string text)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return BytesAsync(http, status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));
    }

    public static Task StatusAsync(HttpContext http, ApiError error)
    {
        if (error.RetryAfterSeconds is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString();
        }

        return error.IsPlainText ? TextAsync(http, error.Code, error.Message) : JsonAsync(http, error.Code, error.ToStatus());
    }

    public static async Task BytesAsync(HttpContext http, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
    }
}
