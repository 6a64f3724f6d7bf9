using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

// The least that a request to an API server can cost on this runtime: an HttpClient with the same certificates, or the
// same token, and the same checks, and the body read to its end. It tells in milliseconds what it took by itself, without
// the start of its process, and shows that it had the right answer. Arguments: URL, authority, and a certificate with its key or a
// token's file and "-"; then how often to repeat the request on the open connection, and what to post. "pages" instead of what to post
// reads a list to its end, page by page, and throws it away.
var begin = Stopwatch.GetTimestamp();
string url = args[0], authority = args[1], proof = args[2], key = args[3];
var rounds = args.Length > 4 ? int.Parse(args[4], CultureInfo.InvariantCulture) : 0;
var pages = args.Length > 5 && args[5] == "pages";
var body = args.Length > 5 && !pages ? args[5] : null;
var answer = string.Empty;

var authorities = new X509Certificate2Collection();
authorities.ImportFromPem(File.ReadAllText(authority));
var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
policy.CustomTrustStore.AddRange(authorities);
using var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false };
handler.SslOptions.CertificateChainPolicy = policy;
using var client = new HttpClient(handler);
if (key == "-")
{
    client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(proof).Trim());
}
else
{
    var own = X509Certificate2.CreateFromPem(File.ReadAllText(proof), File.ReadAllText(key));
    handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(own, null, offline: true);
}

var setUp = Stopwatch.GetElapsedTime(begin);
var first = await AskAsync().ConfigureAwait(false);
var warm = new List<double>(rounds);
for (var round = 0; round < rounds; round++)
{
    warm.Add((await AskAsync().ConfigureAwait(false)).TotalMilliseconds);
}

warm.Sort();
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $$"""{"cold":{{(setUp + first).TotalMilliseconds:0.###}},"setUp":{{setUp.TotalMilliseconds:0.###}},"first":{{first.TotalMilliseconds:0.###}},"warm":{{(rounds > 0 ? warm[rounds / 2] : 0):0.####}}}"""));
Console.WriteLine(answer);

async Task<TimeSpan> AskAsync()
{
    if (pages)
    {
        return await ReadPagesAsync().ConfigureAwait(false);
    }

    var asked = Stopwatch.GetTimestamp();
    using var content = body is null ? null : new StringContent(body, new MediaTypeHeaderValue("application/json"));
    using var response = content is null
        ? await client.GetAsync(new Uri(url)).ConfigureAwait(false)
        : await client.PostAsync(new Uri(url), content).ConfigureAwait(false);
    response.EnsureSuccessStatusCode();
    var bytes = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
    var took = Stopwatch.GetElapsedTime(asked);
    answer = Encoding.UTF8.GetString(bytes).ReplaceLineEndings(" ");
    return took;
}

async Task<TimeSpan> ReadPagesAsync()
{
    var asked = Stopwatch.GetTimestamp();
    var (count, length, next) = (0, 0L, string.Empty);
    do
    {
        using var response = await client.GetAsync(new Uri($"{url}?limit=500&continue={next}"), HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        var bytes = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        next = NextPage(bytes);
        count++;
        length += bytes.Length;
    }
    while (next.Length > 0);
    answer = $"{count} pages, {length} bytes";
    return Stopwatch.GetElapsedTime(asked);
}

// The list's own metadata stand before its items on some servers and after them on others.
static string NextPage(byte[] page)
{
    var at = page.AsSpan().LastIndexOf("\"continue\":\""u8);
    if (at < 0)
    {
        return string.Empty;
    }

    var value = page.AsSpan(at + 12);
    return Uri.EscapeDataString(Encoding.UTF8.GetString(value[..value.IndexOf((byte)'"')]));
}
