using System.Net;
using System.Text.Json;
using k8s.Autorest;
using KubeSa.Client.Json;
using KubeSa.Secrecy;

namespace KubeSa.Client.Errors;

/// <summary>
/// What of a refusal we go by: the code, and what the server's Status says
/// (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/).
/// </summary>
internal sealed class ApiStatus
{
    // The longest of ours that is made of one is far below.
    private const int LongestMessage = 4000;
    private const int LongestName = 253;
    private const int MostCauses = 20;

    internal required HttpStatusCode Code { get; init; }

    /// <summary>Whether the body is JSON with a reason, as Kubernetes answers; not so from proxies and for plain text.</summary>
    internal bool IsStatus { get; init; }

    internal bool IsHtml { get; init; }

    internal string? Reason { get; init; }

    /// <summary>The server's sentence. Only parts of it may be quoted, see StatusErrorMapper.</summary>
    internal string? Message { get; init; }

    /// <summary>What it says where it is no Status, as of a proxy; to be quoted in parts only, too.</summary>
    internal string? Foreign { get; init; }

    /// <summary>The resource that the refusal is about, which need not be the one asked for.</summary>
    internal string? Kind { get; init; }

    internal string? Name { get; init; }

    /// <summary>What is wrong with the fields of the object that was sent.</summary>
    internal IReadOnlyList<(string? Field, string? Message)> Causes { get; init; } = [];

    /// <summary>Where an expired list may go on.</summary>
    internal string? Continue { get; init; }

    internal TimeSpan? RetryAfter { get; init; }

    internal static ApiStatus From(HttpOperationException failure)
    {
        var response = failure.Response;
        return From(response.StatusCode, response.Content, RetryAfterOf(response));
    }

    internal static ApiStatus From(HttpStatusCode code, string? body, TimeSpan? retryAfter)
    {
        var text = (body ?? string.Empty).TrimStart();
        if (!text.StartsWith('{'))
        {
            return new ApiStatus { Code = code, RetryAfter = retryAfter, IsHtml = text.StartsWith('<'), Foreign = ForeignText.Of(text) };
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return FromStatus(code, json.RootElement, retryAfter);
        }
        catch (JsonException)
        {
            return new ApiStatus { Code = code, RetryAfter = retryAfter };
        }
    }

    private static ApiStatus FromStatus(HttpStatusCode code, JsonElement status, TimeSpan? retryAfter)
    {
        var details = SafeJson.Find(status, "details");
        var causes = SafeJson.Find(details, "causes");
        return new ApiStatus
        {
            Code = code,
            RetryAfter = retryAfter,
            IsStatus = SafeJson.Text(status, "status") == "Failure",
            Foreign = ForeignText.Of(status),
            Reason = SafeExcerpt.Of(SafeJson.Text(status, "reason"), LongestName),
            Message = SafeExcerpt.Of(SafeJson.Text(status, "message"), LongestMessage),
            Kind = SafeExcerpt.Of(SafeJson.Text(details, "kind"), LongestName),
            Name = SafeExcerpt.Of(SafeJson.Text(details, "name"), LongestName),
            Continue = SafeJson.Text(SafeJson.Find(status, "metadata"), "continue"),
            Causes = causes is { ValueKind: JsonValueKind.Array } all
                ? all.EnumerateArray().Take(MostCauses)
                    .Select(cause => (SafeExcerpt.Of(SafeJson.Text(cause, "field"), LongestName), SafeExcerpt.Of(SafeJson.Text(cause, "message"))))
                    .ToList()
                : [],
        };
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessageWrapper response) =>
        response.Headers.TryGetValue("Retry-After", out var values)
        && System.Net.Http.Headers.RetryConditionHeaderValue.TryParse(values.FirstOrDefault(), out var header)
            ? Errors.RetryAfter.Of(header)
            : null;
}
