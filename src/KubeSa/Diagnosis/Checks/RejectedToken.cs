namespace KubeSa.Diagnosis.Checks;

/// <summary>
/// A 401 as a pod sees it: bare "Unauthorized" whatever the reason, which stands in the API server's log alone. So the
/// causes that are still possible, most likely first by what the token says of itself.
/// </summary>
internal static class RejectedToken
{
    internal static Finding Judge(AccessEvidence evidence)
    {
        var causes = Causes(evidence).Select((cause, i) => $"({i + 1}) {cause}");
        return Finding.Fail(
            AccessCause.TokenRejected,
            $"The server refuses the token (401 Unauthorized) and does not say why. Possible, most likely first: {string.Join("; ", causes)}.{NotAsked(evidence)}",
            "Ask with an administrator's connection, which names the cause: Test-KubeInClusterAccess -AdminConnection. Or see the API server's log for "
            + "'Unable to authenticate the request'.") with
        {
            Summary = "The server refuses the token (401 Unauthorized) and does not say why",
        };
    }

    private static IEnumerable<string> Causes(AccessEvidence evidence)
    {
        if (evidence.Token.Info is not { } token)
        {
            yield break;
        }

        if (IsForOthers(token))
        {
            yield return $"the token is for {Words.List(token.Audiences)} and not for the API server";
        }

        if (token.WarnAfter is { } due && due.ToUniversalTime() <= Clocks.Now(evidence))
        {
            yield return "the token should have been replaced long ago, and what it is bound to may be gone";
        }

        var key = token.KeyId is { } id ? $"the key that signed it ('{id}') is no longer one the server uses" : "the key that signed it is no longer one the server uses";
        if (token.Kind == TokenKind.Legacy)
        {
            yield return $"{key}: stored tokens are not renewed when the signing key is replaced";
            yield return $"the Secret {token.Namespace}/{token.SecretName} was deleted or its token changed";
            yield return $"the account {token.Namespace}/{token.ServiceAccount} was deleted, or made again with another uid";
            yield return "the token was not used for a year and the server has invalidated it (from 1.29 on)";
            yield break;
        }

        yield return $"the account {token.Namespace}/{token.ServiceAccount} was deleted, or made again with another uid";
        yield return key;
        if ((token.PodName ?? token.SecretName ?? token.NodeName) is { } bound)
        {
            yield return $"'{bound}', which the token is bound to, is gone or was made again";
        }

        yield return $"the server does not accept the issuer '{token.Issuer}'";
    }

    // Nearly always the API server's own audience is the issuer, or the Service's name.
    private static bool IsForOthers(TokenInfo token) =>
        token.Audiences.Length > 0
        && !token.Audiences.Any(a => a == token.Issuer || a.Contains("kubernetes.default", StringComparison.Ordinal) || a is "k3s" or "rke2" or "api");

    private static string NotAsked(AccessEvidence evidence)
    {
        string?[] problems = [evidence.Administrator?.SignatureProblem, evidence.Administrator?.ReviewProblem];
        var told = problems.OfType<string>().Distinct().ToList();
        return told.Count == 0 ? string.Empty : $" The administrator could not be told more: {string.Join(" ", told)}";
    }
}
