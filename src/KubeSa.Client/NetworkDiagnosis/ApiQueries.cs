using System.Text.Json;
using KubeSa.Api;
using KubeSa.Client.Tokens;
using KubeSa.Secrecy;

namespace KubeSa.Client.NetworkDiagnosis;

/// <summary>What is asked of the API server itself, in as few requests as will do.</summary>
internal sealed class ApiQueries(DiagnosticHttpClient client, AccessQuestion question, string? knownVersion, CancellationToken deadline)
{
    private const int PageSize = 500;
    private const int MostChecks = 20;
    private const int LongestName = 253;

    private readonly ResourceName _resource = ResourceName.Parse(question.Resource);

    /// <summary>Whether the request itself can be made without changing anything.</summary>
    internal bool IsList => question.Verb.Equals("list", StringComparison.OrdinalIgnoreCase) && _resource.Subresource is null;

    /// <summary>Without credentials: every server tells its version, and whether the token is good is another question.</summary>
    internal async Task<ServerEvidence> AskVersionAsync()
    {
        var exchange = await client.SendAsync(HttpMethod.Get, "/version", token: null, body: null, deadline).ConfigureAwait(false);
        return new ServerEvidence { Answer = exchange.Evidence, GitVersion = SafeExcerpt.Of(Claims.Text(exchange.Body, "gitVersion"), LongestName) };
    }

    /// <summary>
    /// Without credentials, as kubelets and load balancers ask. The answer is text: a line for each check, of which one
    /// that fails begins with [-].
    /// </summary>
    internal async Task<ServerEvidence> AskReadinessAsync(ServerEvidence server)
    {
        const string Failed = "[-]";
        var exchange = await client.SendAsync(HttpMethod.Get, "/readyz", token: null, body: null, deadline).ConfigureAwait(false);
        return server with
        {
            Readiness = exchange.Evidence,
            NotReady =
            [
                .. exchange.Text.Split('\n')
                    .Where(line => line.StartsWith(Failed, StringComparison.Ordinal))
                    .Select(line => SafeExcerpt.Of(line[Failed.Length..].Split(' ')[0], LongestName))
                    .OfType<string>()
                    .Take(MostChecks),
            ],
        };
    }

    /// <summary>Without credentials: the token is refused, and some clusters let anybody verify tokens.</summary>
    internal async Task<KeysEvidence> AskKeysAsync(string token)
    {
        var exchange = await client.SendAsync(HttpMethod.Get, "/openid/v1/jwks", token: null, body: null, deadline, accept: "*/*").ConfigureAwait(false);
        return new KeysEvidence { Answer = exchange.Evidence, Signature = exchange.Succeeded ? Verify(token, exchange.Text) : null };
    }

    internal async Task<AuthorizationEvidence> AskRightsAsync(string token)
    {
        const string Path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
        var body = _resource.ReviewBody(question.Verb, question.Namespace);
        var exchange = await client.SendAsync(HttpMethod.Post, Path, token, body, deadline).ConfigureAwait(false);
        var status = Claims.Object(exchange.Body, "status");
        return new AuthorizationEvidence
        {
            Answer = exchange.Evidence,
            Allowed = exchange.Succeeded && status is { } said ? said.TryGetProperty("allowed", out var allowed) && allowed.ValueKind == JsonValueKind.True : null,
            Reason = SafeExcerpt.Of(Claims.Text(status, "reason"), SafeExcerpt.Paragraph),
        };
    }

    /// <summary>
    /// One object and the server's word for how many more there are will do; only where it does not say, all pages
    /// are read.
    /// </summary>
    internal async Task<RequestEvidence> ListAsync(string token)
    {
        var version = knownVersion ?? "v1";
        if (knownVersion is null && _resource.Group.Length > 0)
        {
            var group = await client.SendAsync(HttpMethod.Get, $"/apis/{Uri.EscapeDataString(_resource.Group)}", token, body: null, deadline).ConfigureAwait(false);
            if (Claims.Text(Claims.Object(group.Body, "preferredVersion"), "version") is not { } preferred)
            {
                return new RequestEvidence { Answer = group.Evidence };
            }

            version = preferred;
        }

        var path = _resource.ListPath(version, question.Namespace);
        var first = await client.SendAsync(HttpMethod.Get, $"{path}?limit=1", token, body: null, deadline).ConfigureAwait(false);
        var count = Items(first);
        if (count is null || Continue(first) is null)
        {
            return new RequestEvidence { Answer = first.Evidence, ItemCount = count };
        }

        return Remaining(first) is { } remaining
            ? new RequestEvidence { Answer = first.Evidence, ItemCount = count + remaining }
            : await CountAsync(path, token).ConfigureAwait(false);
    }

    private async Task<RequestEvidence> CountAsync(string path, string token)
    {
        var total = 0;
        HttpEvidence? last = null;
        for (string? next = null; ;)
        {
            var query = next is null ? $"?limit={PageSize}" : $"?limit={PageSize}&continue={Uri.EscapeDataString(next)}";
            var page = await client.SendAsync(HttpMethod.Get, path + query, token, body: null, deadline).ConfigureAwait(false);
            if (Items(page) is not { } items)
            {
                // That the first pages came is proof enough; the number alone stays open.
                return last is null
                    ? new RequestEvidence { Answer = page.Evidence }
                    : new RequestEvidence { Answer = last, ItemCount = total, Incomplete = true };
            }

            last = page.Evidence;
            total += items;
            next = Continue(page);
            if (next is null)
            {
                return new RequestEvidence { Answer = last, ItemCount = total };
            }
        }
    }

    private static SignatureEvidence? Verify(string token, string jwks)
    {
        try
        {
            var keys = VerificationKeys.FromJwks(jwks);
            return keys.Any(key => VerificationKeys.UsableBits(key) is not null) && SignatureVerifier.Verify(token, keys) is { ServerKeyIds.Count: > 0 } signature
                ? signature
                : null;
        }
        catch (KubeApiException)
        {
            // What answers 200 with something else shows no keys.
            return null;
        }
    }

    private static int? Items(DiagnosticExchange exchange) =>
        exchange is { Succeeded: true, Body: { } body } && body.TryGetProperty("items", out var items)
            ? items.ValueKind switch
            {
                JsonValueKind.Array => items.GetArrayLength(),
                JsonValueKind.Null => 0,
                _ => null,
            }
            : null;

    private static string? Continue(DiagnosticExchange exchange) =>
        Claims.Text(Claims.Object(exchange.Body, "metadata"), "continue") is { Length: > 0 } next ? next : null;

    private static int? Remaining(DiagnosticExchange exchange) =>
        Claims.Object(exchange.Body, "metadata") is { } metadata
            && metadata.TryGetProperty("remainingItemCount", out var value)
            && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var remaining)
            ? remaining
            : null;
}
