namespace KubeSa.Diagnosis.Checks;

/// <summary>The server accepts the token.</summary>
internal static class AuthenticationCheck
{
    internal static Finding Judge(AccessEvidence evidence)
    {
        var user = evidence.Token.Info?.UserName ?? "its subject";
        return ResponseFacts.Accepted(evidence) switch
        {
            true => Finding.Pass($"The server accepts the token of {user}."),
            false => AdministratorVerdict.Judge(evidence) ?? ByKeys(evidence)
                ?? (ResponseFacts.InFront(evidence) is { } answer ? FrontProxyFinding.TokenRefused(answer) : RejectedToken.Judge(evidence)),
            null when ResponseFacts.IsAnonymous(evidence) => Finding.Fail(
                AccessCause.Unknown,
                "The server takes the request for anonymous: the token did not reach it.",
                "See whether a proxy or a service mesh in between takes the Authorization header away."),
            null => Finding.Warn("The server's answers do not tell whether it accepts the token."),
        };
    }

    /// <summary>Where the server shows its keys to strangers no administrator is needed to see that none of them made the signature.</summary>
    private static Finding? ByKeys(AccessEvidence evidence) =>
        evidence is { Keys.Signature: { Verified: false, NamedKeyUnusable: false } signature, Token.Info: { } token, Environment.ApiServer: { } server }
            ? DamagedToken.Judge(signature, token)
                ?? UnknownKey.Finding(signature, token, new AdministratorEvidence { Server = server, ServerVersion = evidence.Server?.GitVersion })
            : null;
}
