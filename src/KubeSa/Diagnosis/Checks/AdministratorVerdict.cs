namespace KubeSa.Diagnosis.Checks;

/// <summary>
/// Why a token is refused, by what the server tells an administrator: its keys, the error of its TokenReview, the objects
/// the token names, and its issuer, in the order in which the server itself looks at them.
/// </summary>
internal static class AdministratorVerdict
{
    private const string Unexplained = "invalid bearer token";

    /// <summary>Null where the administrator was not told more than the pod.</summary>
    internal static Finding? Judge(AccessEvidence evidence) => (evidence.Administrator, evidence.Token.Info) switch
    {
        (null, _) or (_, null) => null,
        ({ Review.Authenticated: true } view, _) => Finding.Fail(
            AccessCause.TokenRejected,
            $"{evidence.Environment.ApiServer} refuses the token (401 Unauthorized), but {view.Server} accepts it: they are not the same cluster, or it changed just now.",
            "Use an administrator's connection to the cluster the pod runs in (Connect-KubeCluster), and try again."),
        var (view, token) => Judge(view with { ServerVersion = view.ServerVersion ?? evidence.Server?.GitVersion }, token),
    };

    /// <summary>The same for a token wherever it was found; null where the administrator was told no cause.</summary>
    internal static Finding? Judge(AdministratorEvidence view, TokenInfo token) =>
        BySignature(view, token)
        ?? (view.Review?.Error is { } error ? ReviewErrors.Judge(error, token, view) : null)
        ?? ObjectFindings.FirstFailure(view, token)
        ?? ByIssuer(view, token)
        ?? ByAudience(view, token);

    private static Finding? BySignature(AdministratorEvidence view, TokenInfo token) =>
        view.Signature switch
        {
            null or { Verified: true } or { NamedKeyUnusable: true } or { ServerKeyIds.Count: 0 } or { Untried: true, KeyIdKnown: not false } => null,
            { } signature => DamagedToken.Judge(signature, token) ?? UnknownKey.Finding(signature, token, view),
        };

    // Of a token that is not at hand the server cannot be asked; then its claims must do.
    private static Finding? ByAudience(AdministratorEvidence view, TokenInfo token) =>
        view.Signature is { Untried: true, KeyIdKnown: true }
        && token.Audiences.Length > 0
        && !token.Audiences.Any(audience => ApiAudiences.IsUsual(audience, token.Issuer, view.Issuer))
            ? Finding.Fail(
                AccessCause.TokenAudienceMismatch,
                $"The token is for {ReportPhrases.List(token.Audiences)}, which is not an audience of the API server as far as names tell; its key and all that it is bound to are there.",
                ReviewErrors.OtherAudience) with
            {
                Summary = $"The token is for {ReportPhrases.List(token.Audiences)} and not for the API server",
            }
            : null;

    // A token of an issuer that the server does not know is not even looked at: no error says more than that. But the same words
    // stand for other faults, too, so the issuer must be known to be another one.
    private static Finding? ByIssuer(AdministratorEvidence view, TokenInfo token)
    {
        var silent = view.Review?.Error is null or Unexplained;
        var foreign = token.Kind != TokenKind.Legacy && view.Issuer is { } issuer && issuer != token.Issuer;
        if (view.Signature is not ({ Verified: true } or { Untried: true, KeyIdKnown: true }) || !silent || !foreign)
        {
            return null;
        }

        var what = $"The server does not accept the issuer '{token.Issuer}'";
        return Finding.Fail(
            AccessCause.IssuerUnknown,
            $"{what}: its own is '{view.Issuer}'.",
            $"Give the API server --service-account-issuer={token.Issuer} once more, after its present one, so that tokens of the old issuer stay good; or: {TokenRenewalRemedy.Pod(token)}") with
        {
            Summary = what,
        };
    }
}
