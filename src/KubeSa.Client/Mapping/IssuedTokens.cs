using System.Globalization;
using System.Net;
using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.Tokens;

namespace KubeSa.Client.Mapping;

/// <summary>Requested tokens, between the client library's words and ours.</summary>
internal static class IssuedTokens
{
    // Counted from another clock than the server's, a lifetime is never exact.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(10);

    internal static Authenticationv1TokenRequest ToKubernetes(TokenSpec spec) => new()
    {
        ApiVersion = "authentication.k8s.io/v1",
        Kind = "TokenRequest",
        Spec = new V1TokenRequestSpec
        {
            Audiences = [.. spec.Audiences],
            ExpirationSeconds = spec.Duration is { } time ? (long)Math.Ceiling(time.TotalSeconds) : null,
            BoundObjectRef = spec.BoundKind is { } kind
                ? new V1BoundObjectReference { ApiVersion = "v1", Kind = kind.ToString(), Name = spec.BoundName }
                : null,
        },
    };

    internal static ServiceAccountToken ToModel(TokenSpec spec, Authenticationv1TokenRequest answer)
    {
        var token = answer.Status?.Token is { Length: > 0 } text ? text : throw new FormatException("A TokenRequest has no status.token.");
        var info = Read(token);
        return new ServiceAccountToken
        {
            Namespace = spec.Namespace,
            ServiceAccount = spec.ServiceAccount,
            Token = new NetworkCredential(string.Empty, token).SecurePassword,
            ExpiresAt = ((DateTime?)answer.Status.ExpirationTimestamp).ToLocal()!.Value,
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
