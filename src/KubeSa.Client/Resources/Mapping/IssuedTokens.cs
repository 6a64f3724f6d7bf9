using System.Globalization;
using KubeSa.Api;
using KubeSa.Client.Secrets;
using KubeSa.Client.Tokens;

namespace KubeSa.Client.Resources.Mapping;

/// <summary>Requested tokens in our words.</summary>
internal static class IssuedTokens
{
    // Counted from another clock than the server's, a lifetime is never exact.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(10);

    internal static ServiceAccountToken ToModel(TokenSpec spec, (string Token, DateTime ExpiresAt) answer)
    {
        var (token, expiresAt) = answer;
        if (token.Length > SecretText.Longest)
        {
            throw new FormatException("A TokenRequest has a token of more characters than any header may have.");
        }

        var info = Read(token);
        return new ServiceAccountToken
        {
            Namespace = spec.Namespace,
            ServiceAccount = spec.ServiceAccount,
            Token = SecretText.Protect(token),
            ExpiresAt = expiresAt.ToLocalTime(),
            Audiences = info?.Audiences ?? [.. spec.Audiences],
            BoundKind = spec.BoundKind,
            BoundName = spec.BoundName,
            Info = info,
        };
    }

    /// <summary>What to say where the server granted another lifetime than was asked for; null where it did not.</summary>
    internal static string? OtherLifetime(TokenSpec spec, ServiceAccountToken token)
    {
        if (spec.Duration is not { } asked)
        {
            return null;
        }

        // Status tells when to renew; a token for a pod asked for 3607 s, as kubelets do, is good for a year all the same.
        var granted = (token.Info?.ExpiresAt ?? token.ExpiresAt) - (token.Info?.IssuedAt ?? DateTime.Now);
        return (granted - asked).Duration() > Tolerance
            ? $"The server issued a token of {spec.Namespace}/{spec.ServiceAccount} for {Words(granted)}, although {Words(asked)} was asked for."
            : null;
    }

    private static string Words(TimeSpan span) => span.TotalDays >= 2
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0.#} days")
        : span.TotalHours >= 2
            ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} hours")
            : string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0.#} minutes");

    private static TokenInfo? Read(string token)
    {
        try
        {
            return TokenReader.Read(token);
        }
        catch (KubeApiException failure) when (failure.Kind == FailureKind.InvalidToken)
        {
            // A server may issue what it likes; the token is good all the same.
            return null;
        }
    }
}
