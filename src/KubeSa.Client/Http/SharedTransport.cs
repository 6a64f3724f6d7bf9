using System.Net;

namespace KubeSa.Client.Http;

/// <summary>Turns the client library's requests over to our transport; the handler it puts below this one stays idle.</summary>
internal sealed class SharedTransport(HttpMessageInvoker transport) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The library asks for HTTP/2, which would be a second connection, and takes longer to wake up in the runtime.
        request.Version = HttpVersion.Version11;
        var response = await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        CallScope.Current.Answered.Body = response.IsSuccessStatusCode ? response.Content as BufferedBody : null;
        return response;
    }
}
