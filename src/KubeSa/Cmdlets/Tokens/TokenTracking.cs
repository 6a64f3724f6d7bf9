using System.Globalization;
using System.Text.Json;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>Since when a server notes on which day the token of a Secret was used last. Those before 1.28 do not, unless a gate says so.</summary>
internal static class TokenTracking
{
    private const string Path = "/api/v1/namespaces/kube-system/configmaps/kube-apiserver-legacy-service-account-token-tracking";

    /// <summary>The day; null where the server does not note it, or it may not be read, which is not the same as no use.</summary>
    internal static async Task<DateTime?> SinceAsync(IKubeApi api, CallContext call)
    {
        try
        {
            var answer = await api.SendAsync(new RestRequest("GET", Path), call).ConfigureAwait(false);
            using var json = JsonDocument.Parse(answer.Body);
            return json.RootElement.TryGetProperty("data", out var data) && data.TryGetProperty("since", out var text)
                && DateTime.TryParseExact(text.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        }
        catch (KubeApiException failure) when (failure.Kind is FailureKind.Forbidden or FailureKind.NotFound)
        {
            call.Notify(new VerboseNotice($"Unknown since when the server notes the use of token Secrets, and when its cleaner comes to them. {failure.Message}"));
            return null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
