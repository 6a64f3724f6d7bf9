namespace KubeSa.Client.Http;

/// <summary>
/// Reads every body to its end before anybody looks at it. The client library reads bodies without the token, so a
/// server that stalls in the middle of one would obey neither Ctrl+C nor the timeout.
/// </summary>
internal sealed class BodyHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            response.Content = await BufferAsync(response.Content, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static async Task<HttpContent> BufferAsync(HttpContent content, CancellationToken stop)
    {
        using var arriving = content;
        var body = new MemoryStream();
        await arriving.CopyToAsync(body, stop).ConfigureAwait(false);
        body.Position = 0;
        var buffered = new StreamContent(body);
        foreach (var (name, values) in arriving.Headers)
        {
            buffered.Headers.TryAddWithoutValidation(name, values);
        }

        return buffered;
    }
}
