namespace KubeSa.Diagnosis.Checks;

/// <summary>What is to be said of a token by itself, by keys, and by the server's review.</summary>
internal static class TokenFindings
{
    // API servers forgive clocks a minute on either side (DefaultLeeway of go-jose, which they validate with).
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1);

    internal static Finding Format(TokenTestEvidence evidence, TokenInfo token)
    {
        if (evidence.ClaimFaults.Length > 0)
        {
            return Finding.Fail(
                AccessCause.TokenMalformed,
                $"This is not as a service-account token must be: {string.Join("; ", evidence.ClaimFaults)}.",
                $"No API server issued it like this. {Renew(token)}");
        }

        return token.Kind switch
        {
            TokenKind.Legacy => Finding.Pass($"A legacy token of {token.UserName} from Secret {token.Namespace}/{token.SecretName}."),
            TokenKind.Bound => Finding.Pass($"A requested token of {token.UserName}."),
            _ => Finding.Warn($"A token of issuer '{token.Issuer}' for '{token.UserName}', which is not a service-account token."),
        };
    }

    internal static Finding Signature(TokenTestEvidence evidence, TokenInfo token)
    {
        var signature = evidence.Administrator is { } view ? view.Signature : evidence.Signature;
        return DamagedToken.Judge(signature, token, evidence.SignatureBytes)
            ?? (evidence.Administrator is { } administrator ? ByServer(administrator, token) : ByFile(evidence.Signature));
    }

    internal static Finding Time(TokenTestEvidence evidence, TokenInfo token)
    {
        var now = evidence.Clock.UtcDateTime;
        return token switch
        {
            { NotBefore: { } start } when start.ToUniversalTime() > now + Leeway => NotYet($"The token is good from {ReportPhrases.Time(start)} on, {ReportPhrases.Span(start.ToUniversalTime() - now)} from now."),
            { ExpiresAt: { } end } when end.ToUniversalTime() < now - Leeway => Finding.Fail(
                AccessCause.TokenExpired, $"The token expired at {ReportPhrases.Time(end)}, {ReportPhrases.Span(now - end.ToUniversalTime())} ago.", Renew(token)),
            { IssuedAt: { } issued } when issued.ToUniversalTime() > now + Leeway => NotYet($"The token was issued at {ReportPhrases.Time(issued)}, {ReportPhrases.Span(issued.ToUniversalTime() - now)} from now."),
            { ExpiresAt: { } end } when end.ToUniversalTime() <= now => Finding.Warn(
                $"The token expired at {ReportPhrases.Time(end)}, {ReportPhrases.Span(now - end.ToUniversalTime())} ago. API servers accept it for a minute more.", Renew(token)),
            { ExpiresAt: { } end } => Finding.Pass($"Good until {ReportPhrases.Time(end)}, {ReportPhrases.Span(end.ToUniversalTime() - now)} from now."),
            { Kind: TokenKind.Legacy } when evidence.ClaimFaults.Length == 0 => Finding.Pass("It never expires."),
            _ => Finding.Warn("It does not say when it expires."),
        };
    }

    internal static Finding? Review(TokenTestEvidence evidence, TokenInfo token) => evidence.Administrator switch
    {
        null => null,
        { Review: null } view => Finding.Warn(
            $"The server was not asked whether it accepts the token: {view.ReviewProblem}",
            "Ask as somebody who may create tokenreviews.authentication.k8s.io, or test the token -Offline."),
        { Review.Authenticated: true } view => Finding.Pass($"{view.Server} accepts the token as {view.Review.UserName}."),
        { } view => AdministratorVerdict.Judge(view, token) ?? Finding.Fail(
            AccessCause.TokenRejected,
            $"{view.Server} refuses the token{(view.Review?.Error is { } error ? $": {error}" : " and does not send a reason.")}",
            "See the API server's log for 'Unable to authenticate the request'."),
    };

    private static Finding ByServer(AdministratorEvidence view, TokenInfo token) => view.Signature switch
    {
        null => Finding.Warn($"The server's keys could not be had: {view.SignatureProblem}"),
        { Verified: false, NamedKeyUnusable: true } signature => Finding.Warn(Unusable(signature, "of the server's")),
        { Verified: true, KeyIdKnown: not false } signature => Verified(signature, "the server's"),
        { } signature => UnknownKey.Finding(signature, token, view),
    };

    private static Finding ByFile(SignatureEvidence? evidence) => evidence switch
    {
        null => Finding.Skip("There are no keys to verify the signature by."),
        { Verified: true } signature => Verified(signature, "those given"),
        { NamedKeyUnusable: true } signature => Finding.Fail(AccessCause.Unknown, Unusable(signature, "of those given"), "Give the keys in another form, such as a PEM file (-PublicKey)."),
        { } signature => Finding.Fail(
            AccessCause.SignatureKeyUnknown,
            signature.Algorithm == "none"
                ? "The token is not signed at all."
                : $"None of the keys given ({ReportPhrases.List(signature.ServerKeyIds)}) verifies the signature; the token names {(signature.TokenKeyId is { } id ? $"key '{id}'" : "no key")}.",
            "See that the keys are those of the cluster that issued the token, and that the token is whole.") with
        {
            Summary = "The key that signed this token is not one of those given",
        },
    };

    private static Finding NotYet(string detail) => Finding.Fail(
        AccessCause.TokenNotYetValid, detail, "Set the clocks right: that of the machine that issued it, or that of this one.");

    private static string Renew(TokenInfo token) => token is { Namespace: { } space, ServiceAccount: { } account }
        ? $"Ask for a new one: New-KubeServiceAccountToken {account} -Namespace {space}."
        : "Ask for a new one: New-KubeServiceAccountToken.";

    private static string Unusable(SignatureEvidence signature, string whose) =>
        $"The key '{signature.TokenKeyId}' {whose} is broken or of a kind that cannot be used here, so the signature was not verified.";

    private static Finding Verified(SignatureEvidence signature, string whose) =>
        Finding.Pass($"Signed with {signature.Algorithm} by key '{signature.VerifiedByKeyId}' of {whose}.");
}
