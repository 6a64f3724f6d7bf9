namespace KubeSa.Diagnosis.Checks;

/// <summary>What is to be said of the objects that a token names.</summary>
internal static class ObjectFindings
{
    /// <summary>Null where the token names no such object.</summary>
    internal static Finding? Judge(ObjectEvidence? evidence, AccessCause cause, TokenInfo token) => evidence switch
    {
        null => null,
        { Problem: { } problem } => Finding.Warn($"{evidence.Reference} could not be looked at: {problem}"),
        { Uid: null } => Finding.Fail(cause, $"{evidence.Reference}, which the token names, is gone.", Remedy(cause, token)),
        { ClaimedUid: { } claimed } when claimed != evidence.Uid => Finding.Fail(
            cause,
            $"{evidence.Reference} was deleted and made again since the token was issued: its uid is {evidence.Uid}, and the token names {claimed}.",
            Remedy(cause, token)),
        { HoldsToken: false } => Finding.Fail(cause, $"{evidence.Reference} holds another token by now.", Remedy(cause, token)),
        _ => Finding.Pass($"{evidence.Reference} is there."),
    };

    private static string Remedy(AccessCause cause, TokenInfo token) => (cause, token.Kind) switch
    {
        (AccessCause.ServiceAccountDeleted, _) =>
            $"Make the account (New-KubeServiceAccount {token.ServiceAccount} -Namespace {token.Namespace}) where it is missing, and ask for a new token of it.",
        (_, TokenKind.Legacy) => $"Make a new one: New-KubeSaTokenSecret {token.ServiceAccount} -Namespace {token.Namespace}.",
        _ => "Ask for a new token: New-KubeServiceAccountToken.",
    };
}
