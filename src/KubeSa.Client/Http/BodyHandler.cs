using System.Globalization;
using KubeSa.Api;

namespace KubeSa.Client.Http;

/// <summary>
/// Reads every body to its end before anybody looks at it, and none that is longer than an answer can be. The client
/// library reads bodies without the token, so a server that stalls in the middle of one would obey neither Ctrl+C nor the
/// timeout.
/// </summary>
internal sealed class BodyHandler : DelegatingHandler
{
    /// <summary>
    /// The longest answer in bytes, counted as it is unpacked. Objects that people read have 2 to 20 KB, and etcd takes none
    /// of more than 1.5 MB: a page of 500 would have to hold 268 KB an object to reach it. What is longer is an endless body
    /// or a compressed one that is made to fill the memory.
    /// </summary>
    internal const int LongestAnswer = 128 * 1024 * 1024;

    /// <summary>How much of a refusal is looked at: its status is a few hundred bytes.</summary>
    internal const int LongestRefusal = 1024 * 1024;

    /// <summary>Another limit for one request, which its user asked for.</summary>
    internal static readonly HttpRequestOptionsKey<int> MaximumSize = new("KubeSa.MaximumSize");

    private const int Piece = 80 * 1024;

    /// <summary>Marks a request whose answer has no end, and is read as it comes. Whoever reads it sees to the time.</summary>
    internal static readonly HttpRequestOptionsKey<bool> Streams = new("KubeSa.Streams");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode && request.Options.TryGetValue(Streams, out var streams) && streams)
        {
            return response;
        }

        try
        {
            using var arriving = response.Content;
            var buffered = new BufferedBody(await ReadAsync(arriving, request, response.IsSuccessStatusCode, cancellationToken).ConfigureAwait(false));
            foreach (var (name, values) in arriving.Headers)
            {
                buffered.Headers.TryAddWithoutValidation(name, values);
            }

            response.Content = buffered;
            return response;
        }
        catch (IOException failure)
        {
            // As HttpContent itself tells a body that breaks off, and as the rules of retries know it.
            response.Dispose();
            throw new HttpRequestException((failure as HttpIOException)?.HttpRequestError ?? HttpRequestError.Unknown, null, failure);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static async Task<MemoryStream> ReadAsync(HttpContent arriving, HttpRequestMessage request, bool isSuccess, CancellationToken stop)
    {
        var announced = arriving.Headers.ContentLength ?? 0;
        var most = !isSuccess ? LongestRefusal : request.Options.TryGetValue(MaximumSize, out var asked) ? asked : LongestAnswer;
        if (isSuccess && announced > most)
        {
            throw TooLong(request.RequestUri!, most);
        }

        // What the server announces is reserved at once.
        var body = new MemoryStream((int)Math.Min(announced, most));
        using var stream = await arriving.ReadAsStreamAsync(stop).ConfigureAwait(false);
        var piece = new byte[Piece];
        while (await stream.ReadAsync(piece, stop).ConfigureAwait(false) is var count and > 0)
        {
            if (body.Length + count > most)
            {
                // Of a refusal the beginning will do; the code says the most.
                return isSuccess ? throw TooLong(request.RequestUri!, most) : body;
            }

            body.Write(piece, 0, count);
        }

        return body;
    }

    private static KubeApiException TooLong(Uri server, int most) => new(
        FailureKind.ProtocolError,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{server.GetLeftPart(UriPartial.Authority)} sends an answer of more than {most / 1024.0 / 1024:0.##} MB{(most == LongestAnswer ? ", longer than any of Kubernetes," : string.Empty)} and was not read to the end. See whether the URL is right and what stands in between; of a real cluster ask for less at a time (-Namespace, -LabelSelector). Invoke-KubeRestMethod reads more with -MaximumSize."),
        server.GetLeftPart(UriPartial.Authority));
}
