using System.Text;
using KubeSa.Api;
using KubeSa.Client.Config;
using KubeSa.Client.Errors;
using KubeSa.Client.Http;

namespace KubeSa.Client;

/// <summary>Reads an answer's body where it lies.</summary>
internal delegate T BodyReader<out T>(ReadOnlySpan<byte> body);

internal sealed partial class KubeApi
{
    private Task<T> GetAsync<T>(ApiOperation operation, CallContext call, string path, BodyReader<T> read) =>
        SendAsync(operation, call, stop => ExchangeAsync(_requests.Get(path), read, stop));

    /// <param name="operation">What it is about.</param>
    /// <param name="call">Whose call it is.</param>
    /// <param name="path">The path from the slash on, escaped.</param>
    /// <param name="body">What to send.</param>
    /// <param name="read">Reads the answer.</param>
    /// <param name="impersonation">Whom to act as; null to go by the connection.</param>
    /// <param name="refused">What a refusal means where it means something of its own; null where it does not.</param>
    private Task<T> PostAsync<T>(
        ApiOperation operation,
        CallContext call,
        string path,
        byte[] body,
        BodyReader<T> read,
        ImpersonationHeaders? impersonation = null,
        Func<ApiStatus, KubeApiException?>? refused = null) =>
        SendAsync(operation, call, stop => ExchangeAsync(_requests.Post(path, body), read, stop, refused), impersonation);

    private async Task<T> ExchangeAsync<T>(
        HttpRequestMessage request, BodyReader<T> read, CancellationToken stop, Func<ApiStatus, KubeApiException?>? refused = null)
    {
        using (request)
        {
            using var response = await _transport.Value.SendAsync(request, stop).ConfigureAwait(false);
            var body = ((BufferedBody)response.Content).Bytes;
            if (response.IsSuccessStatusCode)
            {
                return read(body);
            }

            var status = ApiStatus.From(response.StatusCode, Encoding.UTF8.GetString(body), RetryAfter.Of(response.Headers.RetryAfter));
            throw refused?.Invoke(status) ?? (Exception)new ApiStatusException(status);
        }
    }
}
