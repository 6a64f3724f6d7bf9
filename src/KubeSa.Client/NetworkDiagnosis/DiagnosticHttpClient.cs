using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using KubeSa.Api;
using KubeSa.Client.Config;
using KubeSa.Client.Errors;
using KubeSa.Client.Http;
using KubeSa.Client.Tokens;
using KubeSa.Secrecy;

namespace KubeSa.Client.NetworkDiagnosis;

/// <summary>
/// Asks the server over connections that were looked at before: the first is the one of the handshake, further ones
/// are made and judged in the same way. No proxy, no redirects, no retries: what happens is evidence.
/// </summary>
internal sealed class DiagnosticHttpClient : IDisposable
{
    private const int LongestBody = 4 * 1024 * 1024;
    private const int LongestName = 253;

    private static readonly string UserAgent = $"KubeSa/{typeof(DiagnosticHttpClient).Assembly.GetName().Version?.ToString(3)}";

    private readonly HttpClient _http;
    private readonly Func<CancellationToken, Task<Stream?>> _connect;
    private readonly CallContext _call;
    private readonly Uri _server;
    private Stream? _first;

    internal DiagnosticHttpClient(Uri server, Stream first, Func<CancellationToken, Task<Stream?>> connect, CallContext call)
    {
        (_server, _call) = (server, call);
        _first = first;
        _connect = connect;
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectCallback = async (_, stop) => await ConnectAsync(stop).ConfigureAwait(false),
        };

        // The streams are encrypted already; for https the handler would encrypt once more.
        var address = new UriBuilder(Uri.UriSchemeHttp, server.IdnHost, server.Port).Uri;
        _http = new HttpClient(handler) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LongestBody };
    }

    /// <summary>Never throws for a fault; past the deadline it is TimedOut.</summary>
    internal async Task<DiagnosticExchange> SendAsync(HttpMethod method, string path, string? token, string? body, CancellationToken deadline, string accept = "application/json")
    {
        var exchange = await ExchangeAsync(method, path, token, body, accept, deadline).ConfigureAwait(false);
        if (_call.ShowsRequests)
        {
            var outcome = exchange.Evidence.Status is { } status ? $"{status} {(System.Net.HttpStatusCode)status}" : "no answer";
            RequestNotices.Tell(_call, (method.Method, new Uri(_server, path)), outcome, exchange.Evidence.Elapsed, actingAs: null);
        }

        return exchange;
    }

    private async Task<DiagnosticExchange> ExchangeAsync(HttpMethod method, string path, string? token, string? body, string accept, CancellationToken deadline)
    {
        var watch = Stopwatch.StartNew();
        CredentialsInUse.Add(token);

        // Of a list's pages and of a group's version the server itself makes a part of the path.
        var evidence = new HttpEvidence { Method = method.Method, Path = SafeExcerpt.Of(path, SafeExcerpt.Paragraph)! };
        try
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.TryAddWithoutValidation("Accept", accept);
            request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);

            // One that cannot be sent is malformed, which the check of the token tells.
            request.Headers.Authorization = token is null || !BearerToken.CanBeSent(token) ? null : new AuthenticationHeaderValue("Bearer", token);
            request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await _http.SendAsync(request, deadline).ConfigureAwait(false);
            var content = await response.Content.ReadAsByteArrayAsync(deadline).ConfigureAwait(false);
            return Describe(evidence with { Elapsed = watch.Elapsed }, response, content);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            var (outcome, error) = StepOutcomes.From(e);
            return new DiagnosticExchange(evidence with { Outcome = outcome, Error = error, Elapsed = watch.Elapsed }, [], null);
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _first?.Dispose();
    }

    private static DiagnosticExchange Describe(HttpEvidence evidence, HttpResponseMessage response, byte[] content)
    {
        var body = Parse(content);
        var described = evidence with
        {
            Status = (int)response.StatusCode,
            ContentType = SafeExcerpt.Of(response.Content.Headers.ContentType?.MediaType, LongestName),
            Kind = SafeExcerpt.Of(Claims.Text(body, "kind"), LongestName),
            Reason = SafeExcerpt.Of(Claims.Text(body, "reason"), LongestName),
            Message = SafeExcerpt.Of(Claims.Text(body, "message"), SafeExcerpt.Paragraph),
            RetryAfter = RetryAfter.Of(response.Headers.RetryAfter),
            Date = response.Headers.Date,
        };
        if (described.IsRefusalFromInFront && described.Message is null)
        {
            described = described with { Message = SafeExcerpt.Of(ForeignText.Of(Encoding.UTF8.GetString(content))) };
        }

        return new DiagnosticExchange(described, content, body);
    }

    private static JsonElement? Parse(byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            // A page of HTML, or text: the media type tells the judge.
            return null;
        }
    }

    private async Task<Stream> ConnectAsync(CancellationToken stop)
    {
        if (Interlocked.Exchange(ref _first, null) is { } first)
        {
            return first;
        }

        var next = await _connect(stop).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        return next ?? throw new IOException("The server takes no second connection.");
    }
}
