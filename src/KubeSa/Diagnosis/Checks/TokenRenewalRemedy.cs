namespace KubeSa.Diagnosis.Checks;

/// <summary>How a new token gets to where the bad one is.</summary>
internal static class TokenRenewalRemedy
{
    internal static string Pod(TokenInfo? token) => token switch
    {
        { PodName: { } pod } => $"Recreate the pod, so that the kubelet mounts a new token: kubectl delete pod {pod} -n {token.Namespace}, or kubectl rollout restart of its workload.",
        { ServiceAccount: { } account, Kind: TokenKind.Bound } =>
            $"Put a new token there: New-KubeServiceAccountToken {account} -Namespace {token.Namespace}; in a pod, recreate the pod.",
        _ => "Recreate the pod, so that the kubelet mounts a new token (kubectl delete pod, or kubectl rollout restart).",
    };
}
