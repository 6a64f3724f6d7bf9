namespace KubeSa.Diagnosis.Checks;

/// <summary>
/// Why a token is refused, by what the server tells an administrator: its keys, and the error of its TokenReview. The
/// errors are those of Kubernetes 1.20 to 1.36; one that is not known gets no name.
/// </summary>
internal static class AdministratorVerdict
{
    private const string Elsewhere = "Make the pod again, so that the kubelet mounts a new token.";

    /// <summary>Null where the administrator was not told more than the pod.</summary>
    internal static Finding? Judge(AccessEvidence evidence) => (evidence.Administrator, evidence.Token.Info) switch
    {
        (null, _) or (_, null) => null,
        ({ Review.Authenticated: true } view, _) => Finding.Fail(
            AccessCause.TokenRejected,
            $"{evidence.Environment.ApiServer} refuses the token (401 Unauthorized), but {view.Server} accepts it: they are not the same cluster, or it changed just now.",
            "Use an administrator's connection to the cluster the pod runs in, and try again."),
        var (view, token) => Judge(view, token),
    };

    /// <summary>The same for a token wherever it was found; null where the administrator was told no cause.</summary>
    internal static Finding? Judge(AdministratorEvidence view, TokenInfo token) => view switch
    {
        { Signature: { } signature } when !signature.Verified && signature.ServerKeyIds.Count > 0 => UnknownKey(signature, token, view),
        { Review.Error: { } error } => ByError(error, token, view),
        _ => null,
    };

    private static Finding? ByError(string error, TokenInfo token, AdministratorEvidence view)
    {
        bool Says(string text) => error.Contains(text, StringComparison.OrdinalIgnoreCase);
        var account = $"{token.Namespace}/{token.ServiceAccount}";
        return error switch
        {
            _ when Says("cryptographic primitive") || Says("invalid signature") => UnknownKey(view.Signature, token, view),
            _ when Says("has expired") => Fail(AccessCause.TokenExpired, "The token has expired", error, Elsewhere),
            _ when Says("not valid yet") => Fail(AccessCause.TokenNotYetValid, "The token is not good yet", error, "Set the clocks of the control plane right."),
            _ when Says("token audiences") => Fail(
                AccessCause.TokenAudienceMismatch, $"The token is for {Words.List(token.Audiences)} and not for the API server", error,
                "Leave the audience out of the volume's serviceAccountToken source, or mount the token for the API server at the usual path and this one elsewhere."),
            _ when Says("serviceaccounts \"") && Says("not found") => Fail(
                AccessCause.ServiceAccountDeleted, $"The account {account} is gone", error,
                $"Make it again (New-KubeServiceAccount {token.ServiceAccount} -Namespace {token.Namespace}) and then the pod."),
            _ when Says("UID (") && Says("does not match claim") => Fail(
                AccessCause.ServiceAccountDeleted, $"The account {account} was deleted and made again since the token was issued", error, Elsewhere),
            _ when (Says("service account") || Says("serviceaccount ")) && Says("has been deleted") => Fail(
                AccessCause.ServiceAccountDeleted, $"The account {account} is being deleted", error, "Use another account: Set-KubeWorkloadServiceAccount."),
            _ when Says("server's copy") => Fail(AccessCause.SecretDeleted, $"The Secret {token.Namespace}/{token.SecretName} holds another token by now", error, Elsewhere),
            _ when Says("has been invalidated") => Invalidated(error, token),
            "invalid bearer token" when view.Signature is { Verified: true } => Fail(
                AccessCause.IssuerUnknown, $"The server does not accept the issuer '{token.Issuer}'", error,
                "Compare it with the API server's --service-account-issuer, which may be given more than once so that tokens of an old issuer stay good."),
            _ => null,
        };
    }

    private static Finding? Invalidated(string error, TokenInfo token) => token switch
    {
        { PodName: { } pod } => Fail(
            AccessCause.BoundObjectDeleted, $"The pod {token.Namespace}/{pod}, which the token is bound to, is gone", error,
            "Take the token of a pod that runs."),
        { SecretName: { } secret } => Fail(
            AccessCause.SecretDeleted, $"The Secret {token.Namespace}/{secret}, which the token is stored in or bound to, is gone", error,
            "Make the pod again; a Secret of type kubernetes.io/service-account-token for the account is filled anew by the token controller."),
        { NodeName: { } node } => Fail(AccessCause.BoundObjectDeleted, $"The node {node}, which the token is bound to, is gone", error, "Ask for a new token."),
        _ => null,
    };

    internal static Finding UnknownKey(SignatureEvidence? signature, TokenInfo token, AdministratorEvidence view)
    {
        const string Said = "The key that signed this token is not one the server uses";
        var ids = Words.List(signature?.ServerKeyIds ?? []);
        var why = signature switch
        {
            null => "TokenReview says the signature is not good",
            { Algorithm: "none" } => "the token is not signed at all",
            { KeyIdKnown: null } => $"the token names no key, and none of the server's {signature.ServerKeyIds.Count} verifies it ({ids})",
            { KeyIdKnown: false } => $"the token names key '{signature.TokenKeyId}', the server at {view.Server} has {ids}",
            _ => $"the token names key '{signature.TokenKeyId}', but that one of the server's does not verify it: another key of the same name, or a damaged token",
        };
        return Finding.Fail(AccessCause.SignatureKeyUnknown, $"{Said}: {why}.", Replace(token)) with { Summary = Said };
    }

    private static string Replace(TokenInfo token) => token.Kind == TokenKind.Legacy
        ? $"Delete the Secret {token.Namespace}/{token.SecretName}, so that the controller makes a token with the present key, and make the pods again; or let them run as "
            + "another account: New-KubeServiceAccount, then Set-KubeWorkloadServiceAccount. If new tokens are refused, too, the API server's --service-account-key-file lacks "
            + "the key of the controller manager's --service-account-private-key-file."
        : $"{Elsewhere} If new tokens are refused, too, the API server's --service-account-key-file lacks the key it signs with (--service-account-signing-key-file).";

    private static Finding Fail(AccessCause cause, string what, string error, string remedy) =>
        Finding.Fail(cause, $"{what}. The server's words: {error}", remedy) with { Summary = what };
}
