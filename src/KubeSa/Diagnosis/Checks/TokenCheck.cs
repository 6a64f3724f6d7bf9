namespace KubeSa.Diagnosis.Checks;

/// <summary>The token file holds a token that is good by its own claims.</summary>
internal static class TokenCheck
{
    private const string Renew = "Let the kubelet mount a new one: make the pod again (kubectl delete pod, or kubectl rollout restart).";

    internal static Finding Judge(AccessEvidence evidence)
    {
        var file = evidence.Token.File;
        if (!file.Exists || file.Problem is not null)
        {
            return Finding.Fail(
                AccessCause.TokenFileMissing,
                $"The token file '{file.Path}' {MountCheck.Describe(file)}.",
                file.Exists
                    ? "Give the process the right to read it: fsGroup or runAsUser in the pod's securityContext."
                    : "Mount a token: automountServiceAccountToken, or a serviceAccountToken source with path 'token' in the projected volume.");
        }

        if (file.Empty)
        {
            return Finding.Fail(AccessCause.TokenEmpty, $"The token file '{file.Path}' is empty.",
                "See the Secret it comes from (Get-KubeSaTokenSecret), which the token controller may not have filled yet; or make the pod again.");
        }

        return evidence.Token.Info is { } token
            ? JudgeTimes(evidence, token) ?? JudgeClaims(evidence, token)
            : Finding.Fail(AccessCause.TokenMalformed, $"The token file '{file.Path}' holds no token. {evidence.Token.Problem}", Renew);
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
                $"The token expired at {Words.Time(end)}, {Words.Span(now - end.ToUniversalTime())} ago{ByWhichClock(evidence)}.",
                token.PodName is null
                    ? "Ask for a new one: New-KubeServiceAccountToken, or kubectl create token."
                    : Renew + " If it goes on, see the kubelet's log on the node.");
        }
        else if (token.NotBefore is { } start && start.ToUniversalTime() > now)
        {
            finding = Finding.Fail(
                AccessCause.TokenNotYetValid,
                $"The token is good from {Words.Time(start)} on, {Words.Span(start.ToUniversalTime() - now)} from now{ByWhichClock(evidence)}.",
                "Set the clocks right: that of the control plane's machine that issued it, or that of this node.");
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
                "Mount token and namespace of one account: programs take the namespace to ask in from the file.");
        }

        if (token.Kind == TokenKind.Unknown)
        {
            return Finding.Warn(
                $"The file holds a token of issuer '{token.Issuer}' for '{token.UserName}', which is no service-account token.",
                "See that the pod mounts the token of its service account and not another one.");
        }

        return token.WarnAfter is { } due && due.ToUniversalTime() <= Clocks.Now(evidence)
            ? Finding.Warn(
                $"{Describe(token)} The kubelet should have replaced it after {Words.Time(due)}; the server takes it until {Words.Time(token.ExpiresAt!.Value)}.",
                "See that the program reads the file again, and the kubelet's log on the node.")
            : Finding.Pass(Describe(token));
    }

    private static string Describe(TokenInfo token)
    {
        var bound = token.PodName is { } pod ? $", bound to pod {pod}" : string.Empty;
        var until = token.ExpiresAt is { } end ? $", valid until {Words.Time(end)}" : string.Empty;
        return token.Kind == TokenKind.Legacy
            ? $"A legacy token of {token.UserName} from Secret {token.Namespace}/{token.SecretName}; it never expires."
            : $"A token of {token.UserName}{bound}{until}, for {Words.List(token.Audiences, "no audience")}.";
    }

    private static string ByWhichClock(AccessEvidence evidence) => Clocks.Skew(evidence) is { } skew
        ? $" by the server's clock, which is {Words.Span(skew)} {(skew > TimeSpan.Zero ? "ahead of" : "behind")} this machine's"
        : string.Empty;
}
