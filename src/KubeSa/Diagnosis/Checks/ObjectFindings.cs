namespace KubeSa.Diagnosis.Checks;

/// <summary>What is to be said of the objects that a token names.</summary>
internal static class ObjectFindings
{
    /// <summary>Null where the token names no such object.</summary>
    internal static Finding? Judge(ObjectEvidence? evidence, AccessCause cause, TokenInfo token, AdministratorEvidence? view) => evidence switch
    {
        null => null,
        { Problem: { } problem } => Finding.Warn($"{evidence.Reference} could not be looked at: {problem}"),
        { Uid: null } => Finding.Fail(cause, $"{evidence.Reference}, which the token names, no longer exists.", Remedy(cause, token, view)),
        { ClaimedUid: { } claimed } when claimed != evidence.Uid => Finding.Fail(
            cause,
            $"{evidence.Reference} was deleted and created again since the token was issued: its uid is {evidence.Uid}, and the token names {claimed}.",
            Remedy(cause, token, view)),
        { HoldsToken: false } => Finding.Fail(cause, $"{evidence.Reference} holds another token by now: not this one.", Remedy(cause, token, view)),
        _ => Finding.Pass($"{evidence.Reference} is there."),
    };

    /// <summary>What is wrong with the first object that is not as the token says; null where none is.</summary>
    internal static Finding? FirstFailure(AdministratorEvidence view, TokenInfo token)
    {
        Finding?[] all =
        [
            Judge(view.ServiceAccount, AccessCause.ServiceAccountDeleted, token, view),
            Judge(view.Secret, AccessCause.SecretDeleted, token, view),
            Judge(view.Pod, AccessCause.BoundObjectDeleted, token, view),
            Judge(view.Node, AccessCause.BoundObjectDeleted, token, view),
        ];
        return all.FirstOrDefault(finding => finding?.Status == AccessCheckStatus.Fail);
    }

    internal static string Remedy(AccessCause cause, TokenInfo token, AdministratorEvidence? view) => (cause, token.Kind) switch
    {
        (AccessCause.ServiceAccountDeleted, _) =>
            $"Create the account where it is missing (New-KubeServiceAccount {token.ServiceAccount} -Namespace {token.Namespace}), or let the workload run as another one "
            + "(Set-KubeWorkloadServiceAccount). Then recreate the pod; outside a pod, ask for a new token: "
            + $"New-KubeServiceAccountToken {token.ServiceAccount} -Namespace {token.Namespace}.",
        (_, TokenKind.Legacy) => StoredTokenRemedy.Gone(token, view?.ServerVersion, view?.Secret),
        (AccessCause.BoundObjectDeleted, _) when token.PodName is { } pod =>
            $"The token is good in the pod {token.Namespace}/{pod} alone: use the one of a pod that runs, or ask for one of your own: "
            + $"New-KubeServiceAccountToken {token.ServiceAccount} -Namespace {token.Namespace}.",
        _ => $"Ask for a new token: New-KubeServiceAccountToken {token.ServiceAccount} -Namespace {token.Namespace}.",
    };
}
