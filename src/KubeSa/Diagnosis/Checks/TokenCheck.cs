namespace KubeSa.Diagnosis.Checks;

/// <summary>The token file holds a token that is good by its own claims.</summary>
internal static class TokenCheck
{
    internal static Finding Judge(AccessEvidence evidence)
    {
        var file = evidence.Token.File;
        if (!file.Exists || file.Problem is not null)
        {
            return Finding.Fail(
                AccessCause.TokenFileMissing,
                $"The token file '{file.Path}' {MountCheck.Describe(file)}.",
                file.Exists
                    ? MountCheck.Permit
                    : "Mount a token: automountServiceAccountToken, or a serviceAccountToken source with path 'token' in the projected volume.");
        }

        if (file.Empty)
        {
            return Finding.Fail(AccessCause.TokenEmpty, $"The token file '{file.Path}' is empty.",
                $"See the Secret it comes from (Get-KubeSaTokenSecret{ReportPhrases.Prefixed(evidence.Namespace.Value, " -Namespace ")}), which the token controller may not have "
                + "filled yet; or recreate the pod.");
        }

        return evidence.Token.Info is { } token
            ? JudgeShape(evidence, token) ?? JudgeTimes(evidence, token) ?? JudgeClaims(evidence, token)
            : Finding.Fail(AccessCause.TokenMalformed, $"The token file '{file.Path}' holds no token. {evidence.Token.Problem}", TokenRenewalRemedy.Pod(null));
    }

    /// <summary>A finding where the token was cut short, as it is when the file was not written to its end, or where something is behind it.</summary>
    private static Finding? JudgeShape(AccessEvidence evidence, TokenInfo token)
    {
        if (ResponseFacts.Accepted(evidence) == true)
        {
            return null;
        }

        var expected = (evidence.Administrator?.Signature ?? evidence.Keys?.Signature)?.ExpectedBytes;
        return SignatureLength.Fault(token.Algorithm, evidence.Token.SignatureBytes, expected) is { } fault
            ? Finding.Fail(
                AccessCause.TokenMalformed,
                $"The token in '{evidence.Token.File.Path}' is damaged: {fault}. {TokenDescription.Describe(token)}",
                DamagedToken.Remedy(token))
            : null;
    }

    /// <summary>A finding where the token's time is over or has not come.</summary>
    private static Finding? JudgeTimes(AccessEvidence evidence, TokenInfo token)
    {
        var now = ServerClock.Now(evidence);
        Finding? finding = null;
        if (token.ExpiresAt is { } end && end.ToUniversalTime() <= now)
        {
            finding = Finding.Fail(
                AccessCause.TokenExpired,
                $"The token expired at {ReportPhrases.Time(end)}, {ReportPhrases.Span(now - end.ToUniversalTime())} ago{ByWhichClock(evidence)}. {TokenDescription.Describe(token)}",
                $"{TokenRenewalRemedy.Pod(token)} If a mounted token expires again, see the kubelet's log on the node, and that the program reads the file anew.") with
            {
                Summary = $"The token expired at {ReportPhrases.Time(end)}",
            };
        }
        else if (token.NotBefore is { } start && start.ToUniversalTime() > now)
        {
            finding = Finding.Fail(
                AccessCause.TokenNotYetValid,
                $"The token is good from {ReportPhrases.Time(start)} on, {ReportPhrases.Span(start.ToUniversalTime() - now)} from now{ByWhichClock(evidence)}. {TokenDescription.Describe(token)}",
                $"Set the clocks right (NTP): that of the control plane's machine that issued it, or that of {token.NodeName ?? "this machine"}.") with
            {
                Summary = $"The token is not valid before {ReportPhrases.Time(start)}",
            };
        }

        return finding is not null && ResponseFacts.Accepted(evidence) == true ? finding.Excused("The server accepts it all the same.") : finding;
    }

    private static Finding JudgeClaims(AccessEvidence evidence, TokenInfo token)
    {
        if (token.Namespace is { } claim && evidence.Namespace.Value is { } mounted && claim != mounted)
        {
            return Finding.Fail(
                AccessCause.NamespaceMismatch,
                $"The namespace file says '{mounted}', but the token is of {token.UserName ?? claim} in namespace '{claim}'.",
                $"Mount token and namespace of one account: programs take the namespace to ask in from '{evidence.Namespace.File.Path}'.") with
            {
                GoesOn = true,
            };
        }

        if (token.Kind == TokenKind.Unknown)
        {
            return Finding.Warn(TokenDescription.Describe(token), "See that the pod mounts the token of its service account and not another one.");
        }

        if (evidence.Token.HasScheme)
        {
            return Finding.Warn(
                $"The word 'Bearer' stands before the token in '{evidence.Token.File.Path}'. It was left out here; most other programs send it along and are refused. {TokenDescription.Describe(token)}",
                "Write the token alone into the file.");
        }

        return token.WarnAfter is { } due && due.ToUniversalTime() <= ServerClock.Now(evidence)
            ? Finding.Warn(
                $"{TokenDescription.Describe(token)} The kubelet should have replaced it after {ReportPhrases.Time(due)}.",
                "See that the program reads the file again, and the kubelet's log on the node.")
            : Finding.Pass(TokenDescription.Describe(token));
    }

    private static string ByWhichClock(AccessEvidence evidence) => ServerClock.Skew(evidence) is { } skew
        ? $" by the server's clock, which is {ReportPhrases.Span(skew)} {(skew > TimeSpan.Zero ? "ahead of" : "behind")} this machine's"
        : string.Empty;
}
