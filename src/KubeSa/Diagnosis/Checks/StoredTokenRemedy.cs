namespace KubeSa.Diagnosis.Checks;

/// <summary>
/// What to do about a token that is stored in a Secret. That depends on the server's version, for older servers make such
/// Secrets by themselves, and on what is known of the Secret: one that is gone cannot be deleted, and one that is sound need not be.
/// </summary>
internal static class StoredTokenRemedy
{
    /// <summary>The token was signed with a key that the server no longer uses.</summary>
    internal static string NewKey(TokenInfo token, string? version, ObjectEvidence? secret)
    {
        const string OtherAccount = "or let them run as another account: New-KubeServiceAccount, then Set-KubeWorkloadServiceAccount.";
        var name = $"{token.Namespace}/{token.SecretName}";
        return secret switch
        {
            { Uid: null, Problem: null } => Gone(token, version, secret),
            { HoldsToken: false } => HasNewToken(token),
            _ => ServerVersions.Minor(version) switch
            {
                < ServerVersions.NoSecretsByThemselves =>
                    $"Delete the Secret {name}, so that the controller makes a token with the present key, and recreate the pods; {OtherAccount}",
                null => $"Delete the Secret {name} and, from Kubernetes 1.24 on, create it again ({Create(token)}), so that the controller fills it with a token of the present key. "
                    + $"Then recreate the pods; {OtherAccount}",
                _ => $"Delete the Secret {name} and create it again, so that the controller fills it with a token of the present key: {Create(token)}. Then recreate the pods; {OtherAccount}",
            },
        };
    }

    /// <summary>The Secret is not there any more, or holds another token.</summary>
    internal static string Gone(TokenInfo token, string? version, ObjectEvidence? secret)
    {
        if (secret is { HoldsToken: false })
        {
            return HasNewToken(token);
        }

        var recreate = $"recreate the pod (kubectl delete pod, or kubectl rollout restart of its workload, in namespace {token.Namespace})";
        var elsewhere = $"Outside a pod use what Get-KubeSaTokenSecret -ServiceAccount {token.ServiceAccount} -Namespace {token.Namespace} shows.";
        var again = $"{Create(token)}, or take the Secret's volume out of the pod's spec, so that the pod gets a token that renews itself";
        return ServerVersions.Minor(version) switch
        {
            < ServerVersions.ProjectedTokens =>
                $"The controller has already made another Secret for the account; {recreate}, and it mounts that one. {elsewhere}",
            < ServerVersions.NoSecretsByThemselves =>
                $"To get a token that renews itself, {recreate}; if its spec mounts the Secret by name, first create that again: {again}. {elsewhere}",
            null => $"Create the Secret again: {again}. Before Kubernetes 1.24 the controller has already made another one: then just {recreate}.",
            _ => $"Create the Secret again: {again}.",
        };
    }

    private static string HasNewToken(TokenInfo token) =>
        $"The Secret {token.Namespace}/{token.SecretName} holds another token by now: use that one. Mounted files follow within two minutes, and programs must read them again; "
        + "where they do not, recreate the pod.";

    private static string Create(TokenInfo token) => $"New-KubeSaTokenSecret {token.ServiceAccount} {token.SecretName} -Namespace {token.Namespace}";
}
