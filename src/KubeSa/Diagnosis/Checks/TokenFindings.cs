namespace KubeSa.Diagnosis.Checks;

/// <summary>What is to be said of a token by itself, by keys, and by the server's review.</summary>
internal static class TokenFindings
{
    private const string Renew = "Ask for a new one: New-KubeServiceAccountToken.";

    internal static Finding Format(TokenInfo token) => token.Kind switch
    {
        TokenKind.Legacy => Finding.Pass($"A legacy token of {token.UserName} from Secret {token.Namespace}/{token.SecretName}."),
        TokenKind.Bound => Finding.Pass($"A requested token of {token.UserName}."),
        _ => Finding.Warn($"A token of issuer '{token.Issuer}' for '{token.UserName}', which is no service-account token."),
    };

    internal static Finding Signature(TokenTestEvidence evidence, TokenInfo token) => (evidence.Administrator, evidence.Signature) switch
    {
        ({ Signature: { } signature } view, _) when !signature.Verified || signature.KeyIdKnown == false =>
            UnknownKey.Finding(signature, token, view.Server, view.Issuer),
        ({ Signature: { } signature }, _) => Verified(signature, "the server's"),
        ({ } view, _) => Finding.Warn($"The server's keys could not be had: {view.SignatureProblem}"),
        (_, { Verified: true } signature) => Verified(signature, "those given"),
        (_, { } signature) => Finding.Fail(
            AccessCause.SignatureKeyUnknown,
            signature.Algorithm == "none"
                ? "The token is not signed at all."
                : $"None of the keys given ({Words.List(signature.ServerKeyIds)}) verifies the signature; the token names key '{signature.TokenKeyId}'.",
            "See that the keys are those of the cluster that issued the token, and that the token is whole.") with
        {
            Summary = "The key that signed this token is not one of those given",
        },
        _ => Finding.Skip("There are no keys to verify the signature by."),
    };

    internal static Finding Time(TokenTestEvidence evidence, TokenInfo token)
    {
        var now = evidence.Clock.UtcDateTime;
        return token switch
        {
            { ExpiresAt: { } end } when end.ToUniversalTime() <= now => Finding.Fail(
                AccessCause.TokenExpired, $"The token expired at {Words.Time(end)}, {Words.Span(now - end.ToUniversalTime())} ago.", Renew),
            { NotBefore: { } start } when start.ToUniversalTime() > now => Finding.Fail(
                AccessCause.TokenNotYetValid,
                $"The token is good from {Words.Time(start)} on, {Words.Span(start.ToUniversalTime() - now)} from now.",
                "Set the clocks right: that of the machine that issued it, or that of this one."),
            { ExpiresAt: { } end } => Finding.Pass($"Good until {Words.Time(end)}, {Words.Span(end.ToUniversalTime() - now)} from now."),
            _ => Finding.Pass("It never expires."),
        };
    }

    /// <summary>Null where the review answers that question itself.</summary>
    internal static Finding? Audience(TokenTestEvidence evidence, TokenInfo token)
    {
        if (evidence.Audiences.Length == 0)
        {
            return null;
        }

        return evidence.Audiences.Intersect(token.Audiences).Any()
            ? Finding.Pass($"It is for {Words.List(token.Audiences)}.")
            : Finding.Fail(
                AccessCause.TokenAudienceMismatch,
                $"The token is for {Words.List(token.Audiences, "no audience")} and not for {Words.List(evidence.Audiences)}.",
                "Ask for one for that audience: New-KubeServiceAccountToken -Audience.");
    }

    internal static Finding? Review(TokenTestEvidence evidence, TokenInfo token) => evidence.Administrator switch
    {
        null => null,
        { Review: null } view when view.Signature is null => Finding.Fail(
            AccessCause.Unknown, $"The server could not be asked whether it accepts the token: {view.ReviewProblem}",
            "Ask as somebody who may create tokenreviews.authentication.k8s.io, or test the token -Offline."),
        { Review: null } view => Finding.Warn($"The server could not be asked whether it accepts the token: {view.ReviewProblem}"),
        { Review.Authenticated: true } view => Finding.Pass($"{view.Server} accepts the token as {view.Review.UserName}."),
        { } view => AdministratorVerdict.Judge(view, token) ?? Finding.Fail(
            AccessCause.TokenRejected,
            $"{view.Server} refuses the token{(view.Review?.Error is { } error ? $": {error}" : " and does not say why.")}",
            "See the API server's log for 'Unable to authenticate the request'."),
    };

    private static Finding Verified(SignatureEvidence signature, string whose) =>
        Finding.Pass($"Signed with {signature.Algorithm} by key '{signature.VerifiedByKeyId}' of {whose}.");
}
