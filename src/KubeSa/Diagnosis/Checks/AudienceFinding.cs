namespace KubeSa.Diagnosis.Checks;

/// <summary>
/// Whether a token is for whom it is shown to. Tokens of Secrets name nobody: API servers take them for their own audiences
/// (--api-audiences), so only a server can tell.
/// </summary>
internal static class AudienceFinding
{
    /// <summary>Null where the token was asked for no audience; then the server's review answers that question itself.</summary>
    internal static Finding? Judge(TokenTestEvidence evidence, TokenInfo token)
    {
        if (evidence.Audiences.Length == 0)
        {
            return null;
        }

        if (evidence.Administrator?.Review is { Authenticated: true } review)
        {
            return ByReview(review, evidence);
        }

        if (token.Audiences.Length > 0)
        {
            return evidence.Audiences.Intersect(token.Audiences).Any()
                ? Finding.Pass($"It is for {ReportPhrases.List(token.Audiences)}.")
                : Mismatch($"The token is for {ReportPhrases.List(token.Audiences)} and not for {ReportPhrases.List(evidence.Audiences)}.", evidence, token);
        }

        return evidence.Administrator is null ? ByName(evidence, token) : Finding.Warn("The token names no audience: API servers take such tokens for their own audiences.");
    }

    // A server that knows nothing of audiences accepts the token and names none: it is good for the server itself then (TokenReviewStatus.audiences).
    private static Finding ByReview(ReviewEvidence review, TokenTestEvidence evidence) =>
        evidence.Audiences.Intersect(review.Audiences).Any()
            ? Finding.Pass($"The server accepts it for {ReportPhrases.List(review.Audiences)}.")
            : Mismatch(
                review.Audiences.Count == 0
                    ? $"The server accepts the token, but for itself alone: it does not say that the token is for {ReportPhrases.List(evidence.Audiences)}."
                    : $"The server accepts the token for {ReportPhrases.List(review.Audiences)} and not for {ReportPhrases.List(evidence.Audiences)}.",
                evidence,
                evidence.Info);

    private static Finding ByName(TokenTestEvidence evidence, TokenInfo token) =>
        evidence.Audiences.Any(audience => ApiAudiences.IsUsual(audience, token.Issuer))
            ? Finding.Pass($"It names no audience: API servers take such tokens for their own audiences, of which {ReportPhrases.List(evidence.Audiences)} usually is one.")
            : Mismatch(
                $"The token names no audience: API servers take such tokens for their own audiences, and {ReportPhrases.List(evidence.Audiences)} usually is none of these.", evidence, token);

    private static Finding Mismatch(string detail, TokenTestEvidence evidence, TokenInfo? token) => Finding.Fail(
        AccessCause.TokenAudienceMismatch,
        detail,
        $"Ask for a token for that audience: New-KubeServiceAccountToken {token?.ServiceAccount ?? "NAME"} -Namespace {token?.Namespace ?? "NAMESPACE"} -Audience {string.Join(", ", evidence.Audiences)}.");
}
