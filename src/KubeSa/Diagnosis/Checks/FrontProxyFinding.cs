namespace KubeSa.Diagnosis.Checks;

/// <summary>Refusals of something in front of the API server. They are no answers of Kubernetes, so nothing in the cluster is to blame.</summary>
internal static class FrontProxyFinding
{
    private const string Who = "Something in front of the API server, such as Rancher or a proxy, refuses";

    private const string Remedy =
        "See what listens at this address, which credentials it takes and what it lets through. Tokens of service accounts are for the API server itself: connect to its own address.";

    internal static Finding Seen(HttpEvidence answer) => Finding.Warn($"{Who} {What(answer)}.", Remedy);

    internal static Finding TokenRefused(HttpEvidence answer) =>
        Finding.Fail(AccessCause.TokenRejected, $"{Who} the token: {What(answer)}. The answer is not one of Kubernetes.", Remedy);

    internal static Finding Forbidden(HttpEvidence answer) =>
        Finding.Fail(AccessCause.Forbidden, $"{Who} the request: {What(answer)}. The answer is not one of Kubernetes, so no role in the cluster helps.", Remedy);

    private static string What(HttpEvidence answer) =>
        $"{answer.Method} {answer.Path.Split('?')[0]} gives {answer.Status} as {answer.ContentType ?? "nothing"}{(answer.Message is { } message ? $": {message.TrimEnd('.')}" : string.Empty)}";
}
