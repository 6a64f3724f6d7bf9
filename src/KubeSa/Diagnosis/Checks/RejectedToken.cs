namespace KubeSa.Diagnosis.Checks;

/// <summary>
/// A 401 as a pod sees it: bare "Unauthorized" whatever the reason, which stands in the API server's log alone. So the
/// causes that are still possible, most likely first by what the token says of itself and what the server shows.
/// </summary>
internal static class RejectedToken
{
    private const string Silent = "The server refuses the token (401 Unauthorized) and does not send a reason";

    internal static Finding Judge(AccessEvidence evidence)
    {
        var causes = Causes(evidence).Select((cause, i) => $"({i + 1}) {cause}");
        var reason = evidence.Administrator?.Review?.Error is { } error ? $"The server refuses the token (401 Unauthorized), with the reason: {error}" : Silent;
        return Finding.Fail(
            AccessCause.TokenRejected,
            $"{reason}. Possible, most likely first: {string.Join("; ", causes)}.{NotAsked(evidence)}",
            $"Ask with an administrator's connection, which names the cause: {CauseCommand.Ask(evidence)}. Or see the API "
            + "server's log for 'Unable to authenticate the request'.") with
        {
            Summary = reason,
        };
    }

    private static IEnumerable<string> Causes(AccessEvidence evidence) =>
        evidence.Token.Info is { } token
            ? Striking(evidence, token).Concat(token.Kind == TokenKind.Legacy ? OfLegacy(evidence, token) : OfBound(evidence, token))
            : [];

    /// <summary>What can be seen from here and speaks for itself.</summary>
    private static IEnumerable<string> Striking(AccessEvidence evidence, TokenInfo token)
    {
        if (token.Audiences.Length > 0 && !token.Audiences.Any(audience => ApiAudiences.IsUsual(audience, token.Issuer)))
        {
            yield return $"the token is for {ReportPhrases.List(token.Audiences)} and not for the API server";
        }

        if (token.WarnAfter is { } due && due.ToUniversalTime() <= ServerClock.Now(evidence))
        {
            yield return $"the token should have been replaced after {ReportPhrases.Time(due)}, and what it is bound to may be gone";
        }

        if (evidence.Keys?.Signature is { Verified: true, KeyIdKnown: false } signature)
        {
            yield return $"the key id '{signature.TokenKeyId}' is not one of the server's ({ReportPhrases.List(signature.ServerKeyIds)}), although the key is";
        }

        if (token.PodName is { } pod && evidence.Environment.HostName is { } here && pod != here)
        {
            yield return $"the token is bound to the pod '{pod}', and this is '{here}': it was copied, and that pod may be gone";
        }
    }

    private static IEnumerable<string> OfLegacy(AccessEvidence evidence, TokenInfo token)
    {
        if (RetiredKey(evidence, token) is { } key)
        {
            yield return $"{key}: stored tokens are not renewed when the signing key is replaced";
        }

        yield return $"the Secret {token.Namespace}/{token.SecretName} was deleted or its token changed";
        yield return $"the account {ReportPhrases.Account(token)} was deleted, or recreated with another uid";
        if (ServerVersions.Minor(evidence.Server?.GitVersion) is null or >= ServerVersions.UnusedTokensInvalid)
        {
            yield return $"the token was not used for a year and the server has marked it invalid, as servers do from 1.29 on{ReportPhrases.Prefixed(evidence.Server?.GitVersion, "; this one is ")}";
        }
    }

    private static IEnumerable<string> OfBound(AccessEvidence evidence, TokenInfo token)
    {
        yield return $"the account {ReportPhrases.Account(token)} was deleted, or recreated with another uid";
        if (RetiredKey(evidence, token) is { } key)
        {
            yield return key;
        }

        if ((token.PodName ?? token.SecretName ?? token.NodeName) is { } bound && (token.PodName is null || token.PodName != evidence.Environment.HostName))
        {
            yield return $"'{bound}', which the token is bound to, no longer exists or was recreated";
        }

        yield return $"the server does not accept the issuer '{token.Issuer}'";
    }

    /// <summary>Null where the server showed that it has the key.</summary>
    private static string? RetiredKey(AccessEvidence evidence, TokenInfo token) => evidence.Keys?.Signature is { Verified: true }
        ? null
        : $"the key that signed it{(token.KeyId is { } id ? $" ('{id}')" : string.Empty)} is no longer one the server uses";

    private static string NotAsked(AccessEvidence evidence)
    {
        string?[] problems = [evidence.Administrator?.SignatureProblem, evidence.Administrator?.ReviewProblem];
        var told = problems.OfType<string>().Distinct().ToList();
        return told.Count == 0 ? string.Empty : $" The administrator could not be told more: {string.Join(" ", told)}";
    }
}
