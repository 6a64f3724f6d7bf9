using System.Net.Http.Headers;
using KubeSa.Api;
using KubeSa.Client.Config;

namespace KubeSa.Client.Http;

/// <summary>
/// Makes the requests whose answers we read from the bytes as they came: those that are asked most, and first in a new
/// process, where the client library's models would take longer to wake up than the server to answer.
/// </summary>
internal sealed class ApiRequests(ClusterConfig config)
{
    /// <summary>What is asked for where nothing else is.</summary>
    internal const string Json = "application/json";

    internal static readonly string UserAgent =
        $"KubeSa/{typeof(ApiRequests).Assembly.GetName().Version?.ToString(3)}";

    private static readonly MediaTypeHeaderValue JsonType = new(Json);
    private static readonly MediaTypeHeaderValue MergePatchType = new("application/merge-patch+json");

    private readonly string _base = config.Server.AbsoluteUri.TrimEnd('/');

    /// <param name="path">The path and query, from the slash on, escaped already.</param>
    /// <param name="accept">The media types to ask for.</param>
    internal HttpRequestMessage Get(string path, string accept = Json) => Make(HttpMethod.Get, path, accept);

    /// <param name="path">As for Get.</param>
    /// <param name="body">The object to send, as JSON.</param>
    internal HttpRequestMessage Post(string path, byte[] body) => Make(HttpMethod.Post, path, body, JsonType);

    /// <param name="path">As for Get.</param>
    /// <param name="body">The patch (RFC 7386).</param>
    internal HttpRequestMessage MergePatch(string path, byte[] body) => Make(HttpMethod.Patch, path, body, MergePatchType);

    /// <summary>A request as a user makes it.</summary>
    internal HttpRequestMessage Any(RestRequest wanted)
    {
        var request = Make(new HttpMethod(wanted.Method), wanted.Path, "application/json, */*");
        if (wanted.MaximumSize is { } size)
        {
            request.Options.Set(BodyHandler.MaximumSize, size);
        }

        if (wanted.Body is { } body)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(wanted.ContentType);
        }

        return request;
    }

    private HttpRequestMessage Make(HttpMethod method, string path, byte[] body, MediaTypeHeaderValue type)
    {
        var request = Make(method, path);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = type;
        return request;
    }

    private HttpRequestMessage Make(HttpMethod method, string path, string accept = Json)
    {
        var request = new HttpRequestMessage(method, new Uri(_base + path));
        // The framework takes the name for the handshake and the certificate from the Host header.
        request.Headers.Host = config.TlsServerName;
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        return request;
    }
}
