using KubeSa.Api;
using KubeSa.Secrecy;

namespace KubeSa.Client.ProbeJobs;

/// <summary>Why a pod is not let into the cluster, by the words of those who decide about it.</summary>
internal static class PodRefusals
{
    /// <summary>Whether a 403 is no want of rights: the authorizer names the user, those who look at the object do not.</summary>
    internal static bool IsAdmission(string? message) => message is not null && !message.Contains("User \"", StringComparison.Ordinal);

    internal static KubeApiException From(string message, string target)
    {
        var words = SafeExcerpt.Of(message) ?? "the server does not send a reason";
        bool Says(string text) => message.Contains(text, StringComparison.OrdinalIgnoreCase);
        return message switch
        {
            _ when Says("error looking up service account") => new KubeApiException(
                FailureKind.ServiceAccountNotFound, $"No pod can run as a service account that is not there: {words}. Create it with New-KubeServiceAccount.", target),
            _ when Says("exceeded quota") || Says("failed quota") => new KubeApiException(
                FailureKind.QuotaExceeded, $"The namespace has no room for the probe's pod: {words}. Raise the ResourceQuota, or free some of it.", target),
            _ when Says("PodSecurity") => new KubeApiException(
                FailureKind.AdmissionRefused,
                $"Pod Security Admission does not let the probe's pod in, although it keeps to the restricted level: {words}. Something else may change the pod on its way: see the cluster's mutating webhooks.",
                target),
            _ => new KubeApiException(
                FailureKind.AdmissionRefused, $"The cluster's admission does not let the probe's pod in: {words}. See the policies and webhooks it names; -Image takes another image.", target),
        };
    }
}
