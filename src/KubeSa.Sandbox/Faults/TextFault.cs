using System.Text;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Faults;

/// <summary>An answer that is no Kubernetes object: from a proxy, or from the server's own gate.</summary>
internal sealed class TextFault(int status, string contentType, string text, bool retries = false) : IHttpFault
{
    /// <summary>What a proxy shows to whoever has not signed in.</summary>
    public const string LoginPage = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><h1>Sign in to continue</h1></body></html>\n";

    /// <summary>What a proxy shows when there is no server behind it.</summary>
    public const string GatewayPage = "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>\n<center><h1>502 Bad Gateway</h1></center>\n</body>\n</html>\n";

    public Task HandleAsync(HttpContext http, RequestInfo info, ActiveFault fault, Func<Task> next)
    {
        if (retries)
        {
            http.Response.Headers.RetryAfter = fault.Fault.RetryAfterSeconds.ToString();
            http.Response.Headers.XContentTypeOptions = "nosniff";
        }

        return ResponseWriter.BytesAsync(http, status, contentType, Encoding.UTF8.GetBytes(text));
    }
}
