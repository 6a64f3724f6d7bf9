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
                $"See the Secret it comes from (Get-KubeSaTokenSecret{Words.Prefixed(evidence.Namespace.Value, " -Namespace ")}), which the token controller may not have "
                + "filled yet; or make the pod again.");
        }

        return evidence.Token.Info is { } token
            ? JudgeShape(evidence, token) ?? JudgeTimes(evidence, token) ?? JudgeClaims(evidence, token)
            : Finding.Fail(AccessCause.TokenMalformed, $"The token file '{file.Path}' holds no token. {evidence.Token.Problem}", Remake.Pod(null));
    }

    /// <summary>A finding where the token was cut short, as it is when the file was not written to its end, or where something is behind it.</summary>
    private static Finding? JudgeShape(AccessEvidence evidence, TokenInfo token)
    {
        if (Answers.Accepted(evidence) == true)
        {
            return null;
        }

        var expected = (evidence.Administrator?.Signature ?? evidence.Keys?.Signature)?.ExpectedBytes;
        return SignatureLength.Fault(token.Algorithm, evidence.Token.SignatureBytes, expected) is { } fault
            ? Finding.Fail(
                AccessCause.TokenMalformed,
                $"The token in '{evidence.Token.File.Path}' is damaged: {fault}. {TokenWords.Describe(token)}",
                DamagedToken.Remedy(token))
            : null;
    }

    /// <summary>A finding where the token's time is over or has not come.</summary>
    private static Finding? JudgeTimes(AccessEvidence evidence, TokenInfo token)
    {
        var now = Clocks.Now(evidence);
        Finding? finding = null;
        if (token.ExpiresAt is { } end && end.ToUniversalTime() <= now)
        {
            finding = Finding.Fail(
                AccessCause.TokenExpired,
                $"The token expired at {Words.Time(end)}, {Words.Span(now - end.ToUniversalTime())} ago{ByWhichClock(evidence)}. {TokenWords.Describe(token)}",
                $"{Remake.Pod(token)} If a mounted token expires again, see the kubelet's log on the node, and that the program reads the file anew.") with
            {
                Summary = $"The token expired at {Words.Time(end)}",
            };
        }
        else if (token.NotBefore is { } start && start.ToUniversalTime() > now)
        {
            finding = Finding.Fail(
                AccessCause.TokenNotYetValid,
                $"The token is good from {Words.Time(start)} on, {Words.Span(start.ToUniversalTime() - now)} from now{ByWhichClock(evidence)}. {TokenWords.Describe(token)}",
                $"Set the clocks right (NTP): that of the control plane's machine that issued it, or that of {token.NodeName ?? "this machine"}.") with
            {
                Summary = $"The token is not good before {Words.Time(start)}",
            };
        }

        return finding is not null && Answers.Accepted(evidence) == true ? finding.Excused("The server accepts it all the same.") : finding;
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
            return Finding.Warn(TokenWords.Describe(token), "See that the pod mounts the token of its service account and not another one.");
        }

        if (evidence.Token.HasScheme)
        {
            return Finding.Warn(
                $"The word 'Bearer' stands before the token in '{evidence.Token.File.Path}'. It was left out here; most other programs send it along and are refused. {TokenWords.Describe(token)}",
                "Write the token alone into the file.");
        }

        return token.WarnAfter is { } due && due.ToUniversalTime() <= Clocks.Now(evidence)
            ? Finding.Warn(
                $"{TokenWords.Describe(token)} The kubelet should have replaced it after {Words.Time(due)}.",
                "See that the program reads the file again, and the kubelet's log on the node.")
            : Finding.Pass(TokenWords.Describe(token));
    }

    private static string ByWhichClock(AccessEvidence evidence) => Clocks.Skew(evidence) is { } skew
        ? $" by the server's clock, which is {Words.Span(skew)} {(skew > TimeSpan.Zero ? "ahead of" : "behind")} this machine's"
        : string.Empty;
}
