namespace KubeSa.Client.Http;

/// <summary>
/// Reads every body to its end before anybody looks at it. The client library reads bodies without the token, so a
/// server that stalls in the middle of one would obey neither Ctrl+C nor the timeout.
/// </summary>
internal sealed class BodyHandler : DelegatingHandler
{
    private const int LargestToReserve = 64 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            using var arriving = response.Content;

            // What the server announces is reserved at once, unless the number is not to be believed.
            var body = new MemoryStream((int)Math.Min(arriving.Headers.ContentLength ?? 0, LargestToReserve));
            await arriving.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
            var buffered = new BufferedBody(body);
            foreach (var (name, values) in arriving.Headers)
            {
                buffered.Headers.TryAddWithoutValidation(name, values);
            }

            response.Content = buffered;
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
