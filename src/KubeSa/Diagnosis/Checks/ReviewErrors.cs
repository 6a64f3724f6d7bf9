namespace KubeSa.Diagnosis.Checks;

/// <summary>
/// What the error of a TokenReview means, in the words of Kubernetes 1.20 to 1.36; one that is not known gets no name.
/// </summary>
internal static class ReviewErrors
{
    internal const string OtherAudience =
        "Leave the audience out of the volume's serviceAccountToken source, or mount the token for the API server at the usual path and this one elsewhere.";

    /// <summary>Null where the error names no cause.</summary>
    internal static Finding? Judge(string error, TokenInfo token, AdministratorEvidence view)
    {
        bool Says(string text) => error.Contains(text, StringComparison.OrdinalIgnoreCase);
        return error switch
        {
            _ when Says("cryptographic primitive") || Says("invalid signature") => DamagedToken.Judge(view.Signature, token) ?? UnknownKey.Finding(view.Signature, token, view),
            _ when Says("has expired") => Fail(AccessCause.TokenExpired, $"The token has expired{Until(token.ExpiresAt, " at ")}", error, TokenRenewalRemedy.Pod(token)),
            _ when Says("not valid yet") => Fail(
                AccessCause.TokenNotYetValid, $"The token is not valid yet{Until(token.NotBefore, ", but from ")}", error, "Set the clocks of the control plane right."),
            _ when Says("token audiences") && token.Audiences.Length == 0 => Audience(error, token),
            _ when Says("token audiences") => Fail(
                AccessCause.TokenAudienceMismatch, $"The token is for {ReportPhrases.List(token.Audiences)} and not for the API server", error,
                OtherAudience),
            _ when Says("serviceaccounts \"") && Says("not found") => Account(token, "no longer exists", error),
            _ when (Says("service account") || Says("serviceaccount ")) && Says("has been deleted") => Account(token, "is being deleted", error),
            _ when Says("UID (") => MadeAgain(error, token, view),
            _ when Says("server's copy") => Secret(token, "holds another token by now", error, view),
            _ when Says("has been invalidated") => Invalidated(error, token, view),
            _ when Says("marked invalid") => Fail(
                AccessCause.TokenRejected, $"The server has marked the token in the Secret {token.Namespace}/{token.SecretName} invalid: somebody put it into quarantine, or it was not used for a year", error,
                $"Use a new token (New-KubeServiceAccountToken {token.ServiceAccount} -Namespace {token.Namespace}); or, for a while, lift the quarantine: "
                + $"Enable-KubeSaTokenSecret {token.SecretName} -Namespace {token.Namespace}"),
            _ => null,
        };
    }

    // "service account UID (a) does not match claim (b)", "pod UID (a) does not match service account pod ref claim (b)"; 1.20 begins with capitals.
    private static Finding MadeAgain(string error, TokenInfo token, AdministratorEvidence view)
    {
        const string Again = "was deleted and created again since the token was issued";
        bool IsAbout(string kind) => error.Contains($"{kind} UID (", StringComparison.OrdinalIgnoreCase);
        return error switch
        {
            _ when IsAbout("pod") => Bound($"The pod {token.Namespace}/{token.PodName}, which the token is bound to,", Again, error, token),
            _ when IsAbout("node") => Bound($"The node {token.NodeName}, which the token is bound to,", Again, error, token),
            _ when IsAbout("secret") => Secret(token, Again, error, view),
            _ => Account(token, Again, error),
        };
    }

    // A token that names no audience is for those of the server, which the server tells: token audiences ["a"] is invalid for the target audiences ["b"].
    private static Finding Audience(string error, TokenInfo token)
    {
        var sides = error.Split(" is invalid for ");
        var its = ReportPhrases.List(Quoted(sides[0]), "its own audiences");
        var asked = sides.Length > 1 ? Quoted(sides[1]) : [];
        return Fail(
            AccessCause.TokenAudienceMismatch,
            $"The token names no audience, so it is for the API server alone ({its}), and not for {ReportPhrases.List(asked, "the audience that was asked for")}",
            error,
            $"Ask for one for that audience: New-KubeServiceAccountToken {token.ServiceAccount} -Namespace {token.Namespace} -Audience {string.Join(", ", asked)}.");
    }

    private static List<string> Quoted(string text) => [.. text.Split('"').Where((_, i) => i % 2 == 1)];

    private static Finding? Invalidated(string error, TokenInfo token, AdministratorEvidence view) => token switch
    {
        { PodName: { } pod } => Bound($"The pod {token.Namespace}/{pod}, which the token is bound to,", "no longer exists", error, token),
        { SecretName: not null } => Secret(token, "no longer exists", error, view),
        { NodeName: { } node } => Bound($"The node {node}, which the token is bound to,", "no longer exists", error, token),
        _ => null,
    };

    private static Finding Account(TokenInfo token, string what, string error) => Fail(
        AccessCause.ServiceAccountDeleted, $"The account {ReportPhrases.Account(token)} {what}", error, ObjectFindings.Remedy(AccessCause.ServiceAccountDeleted, token, null));

    private static Finding Secret(TokenInfo token, string what, string error, AdministratorEvidence view) => Fail(
        AccessCause.SecretDeleted, $"The Secret {token.Namespace}/{token.SecretName}, which the token is stored in or bound to, {what}", error,
        ObjectFindings.Remedy(AccessCause.SecretDeleted, token, view));

    private static Finding Bound(string bound, string what, string error, TokenInfo token) => Fail(
        AccessCause.BoundObjectDeleted, $"{bound} {what}", error, ObjectFindings.Remedy(AccessCause.BoundObjectDeleted, token, null));

    private static string Until(DateTime? time, string prefix) => time is { } known ? prefix + ReportPhrases.Time(known) : string.Empty;

    private static Finding Fail(AccessCause cause, string what, string error, string remedy) =>
        Finding.Fail(cause, $"{what}. The server's words: {error}", remedy) with { Summary = what };
}
