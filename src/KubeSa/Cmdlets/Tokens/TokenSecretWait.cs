using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>Waits until the server's controller has put a token into a Secret. Gets and polls: a watch can end silently.</summary>
internal sealed class TokenSecretWait(ISecretApi api, TimeSpan timeout)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    internal async Task<SecretDocument> UntilFilledAsync(SecretDocument secret, string account, CallContext call)
    {
        var activity = $"Waiting for the token in Secret {secret}";
        var end = DateTime.UtcNow + timeout;
        while (!secret.Data.ContainsKey("token"))
        {
            if (DateTime.UtcNow >= end)
            {
                throw new KubeApiException(
                    FailureKind.TimedOut,
                    $"Secret {secret} is made, but the server has put no token into it for {timeout.TotalSeconds:0} s. The token controller "
                    + "of kube-controller-manager does that; see whether it runs. The Secret is still there: Get-KubeSaTokenSecret shows "
                    + "whether it has been filled meanwhile, Remove-KubeSaTokenSecret removes it.",
                    secret.ToString());
            }

            call.Notify(new ProgressNotice(activity, "The Secret is made and not filled yet.", -1));
            await Task.Delay(Interval, call.Stop).ConfigureAwait(false);
            secret = await ReadAsync(secret, account, call).ConfigureAwait(false);
        }

        call.Notify(new ProgressNotice(activity, "Done.", 100, Completed: true));
        return secret;
    }

    private async Task<SecretDocument> ReadAsync(SecretDocument secret, string account, CallContext call)
    {
        try
        {
            return await api.GetSecretAsync(secret.Namespace!, secret.Name!, call).ConfigureAwait(false);
        }
        catch (KubeApiException failure) when (failure.Kind == FailureKind.SecretNotFound)
        {
            throw new KubeApiException(
                FailureKind.SecretNotFound,
                $"Secret {secret} was made and is gone again. The server deletes a token Secret whose account is missing; see whether "
                + $"service account {secret.Namespace}/{account} was removed meanwhile.",
                secret.ToString());
        }
        catch (KubeApiException failure)
        {
            throw new KubeApiException(
                failure.Kind, $"Secret {secret} is made, but whether it is filled cannot be seen: {failure.Message}", secret.ToString());
        }
    }
}
