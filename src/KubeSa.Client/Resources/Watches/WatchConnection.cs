using System.Diagnostics;

namespace KubeSa.Client.Resources.Watches;

/// <summary>The answer to one request of a watch, as it comes.</summary>
internal sealed class WatchConnection : IDisposable
{
    // Objects have at most 1.5 MB in the store, and a row of a table holds one.
    private const int LongestLine = 16 * 1024 * 1024;

    private readonly HttpResponseMessage _response;
    private readonly LineReader _lines;
    private readonly WatchCalls _calls;
    private readonly CancellationTokenSource _life;
    private readonly CancellationToken _stop;
    private readonly long _since = Stopwatch.GetTimestamp();

    private WatchConnection(HttpResponseMessage response, Stream body, WatchCalls calls, TimeSpan life, CancellationToken stop)
    {
        (_response, _calls, _stop) = (response, calls, stop);
        _lines = new LineReader(body, LongestLine);
        _life = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _life.CancelAfter(life);
    }

    /// <summary>How long it has been open.</summary>
    internal TimeSpan Age => Stopwatch.GetElapsedTime(_since);

    /// <summary>Whether any line has come.</summary>
    internal bool HasBroughtAnything { get; private set; }

    /// <summary>Whether it outlasted the time that the server was asked for: its connection may have died long ago.</summary>
    internal bool IsOverdue => _life.IsCancellationRequested && !_stop.IsCancellationRequested;

    /// <param name="response">The answer, with its headers read.</param>
    /// <param name="calls">The way to the server.</param>
    /// <param name="life">How long it may take in all.</param>
    /// <param name="stop">Ends it.</param>
    internal static async Task<WatchConnection> OpenAsync(HttpResponseMessage response, WatchCalls calls, TimeSpan life, CancellationToken stop)
    {
        try
        {
            // Only Kubernetes sends JSON; a login page is HTML.
            return response.Content.Headers.ContentType?.MediaType is { } type && !type.EndsWith("json", StringComparison.OrdinalIgnoreCase)
                ? throw calls.Translate(new FormatException($"A watch is {type}."))
                : new WatchConnection(response, await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false), calls, life, stop);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>Waits for the next lines, which may be used until it is called again; null at the end.</summary>
    internal async Task<IReadOnlyList<ReadOnlyMemory<byte>>?> ReadAsync()
    {
        try
        {
            var lines = await _lines.ReadAsync(_life.Token).ConfigureAwait(false);
            HasBroughtAnything |= lines is not null;
            return lines;
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            return null;
        }
        catch (IOException failure)
        {
            throw _calls.Translate(new HttpRequestException((failure as HttpIOException)?.HttpRequestError ?? HttpRequestError.ResponseEnded, null, failure));
        }
        catch (Exception failure) when (failure is HttpRequestException or FormatException or InvalidDataException)
        {
            throw _calls.Translate(failure);
        }
    }

    public void Dispose()
    {
        _response.Dispose();
        _life.Dispose();
    }
}
