using System.Text.Json;
using KubeSa.Api;

namespace KubeSa.Client.Tokens;

/// <summary>
/// Decodes service-account tokens without verifying them. Legacy ones name the account in flat claims, bound ones in
/// a <c>kubernetes.io</c> object (https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/).
/// </summary>
internal static class TokenReader
{
    internal const string LegacyIssuer = "kubernetes/serviceaccount";
    private const string LegacyPrefix = "kubernetes.io/serviceaccount/";
    private const string BoundClaim = "kubernetes.io";

    /// <summary>What the token says of itself; InvalidToken, without the text, where it is not a JWT.</summary>
    internal static TokenInfo Read(string token) => Read(Jwt.Parse(token));

    /// <summary>The same, and tells why every server would refuse the token whatever its key.</summary>
    internal static TokenInfo Read(string token, Action<Notice>? notify)
    {
        var jwt = Jwt.Parse(token);
        var info = Read(jwt);
        if (SignatureLength.IsTooLong(info.Algorithm, jwt.SignatureBytes))
        {
            throw new KubeApiException(
                FailureKind.InvalidToken,
                $"The text is not a service-account token: {SignatureLength.Fault(info.Algorithm, jwt.SignatureBytes)}. Copy the token again, and nothing behind it.");
        }

        string?[] faults = [SignatureLength.Fault(info.Algorithm, jwt.SignatureBytes), .. TokenClaims.Faults(jwt, info)];
        if (notify is not null && faults.OfType<string>().ToList() is { Count: > 0 } told)
        {
            notify(new WarningNotice($"A server would refuse this token: {string.Join("; ", told)}."));
        }

        return info;
    }

    internal static TokenInfo Read(Jwt jwt)
    {
        var claims = jwt.Payload;
        var bound = Claims.Object(claims, BoundClaim);
        if (Claims.Object(bound, "serviceaccount") is { } account)
        {
            return Bound(jwt, bound, account);
        }

        return Claims.Text(claims, "iss") == LegacyIssuer && Legacy(claims, "service-account.name") is not null
            ? FromSecret(jwt)
            : Common(jwt, TokenKind.Unknown);
    }

    private static TokenInfo Bound(Jwt jwt, JsonElement? bound, JsonElement account)
    {
        var pod = Claims.Object(bound, "pod");
        var secret = Claims.Object(bound, "secret");
        var node = Claims.Object(bound, "node");
        return Common(jwt, TokenKind.Bound, new TokenBindingClaims
        {
            Namespace = Claims.Text(bound, "namespace"),
            ServiceAccount = Claims.Text(account, "name"),
            ServiceAccountUid = Claims.Text(account, "uid"),
            PodName = Claims.Text(pod, "name"),
            PodUid = Claims.Text(pod, "uid"),
            SecretName = Claims.Text(secret, "name"),
            SecretUid = Claims.Text(secret, "uid"),
            NodeName = Claims.Text(node, "name"),
            NodeUid = Claims.Text(node, "uid"),
            WarnAfter = Claims.Time(bound, "warnafter"),
        });
    }

    private static TokenInfo FromSecret(Jwt jwt) => Common(jwt, TokenKind.Legacy, new TokenBindingClaims
    {
        Namespace = Legacy(jwt.Payload, "namespace"),
        ServiceAccount = Legacy(jwt.Payload, "service-account.name"),
        ServiceAccountUid = Legacy(jwt.Payload, "service-account.uid"),
        SecretName = Legacy(jwt.Payload, "secret.name"),
    });

    private static string? Legacy(JsonElement? claims, string name) => Claims.Text(claims, LegacyPrefix + name);

    private static TokenInfo Common(Jwt jwt, TokenKind kind, TokenBindingClaims binding = default)
    {
        var claims = jwt.Payload;
        var user = Claims.Text(claims, "sub");
        return new TokenInfo
        {
            Kind = kind,
            Namespace = binding.Namespace,
            ServiceAccount = binding.ServiceAccount,
            ServiceAccountUid = binding.ServiceAccountUid,
            UserName = user,
            Groups = ServiceAccountNames.Parse(user) is { } names ? ServiceAccountNames.Groups(names.Namespace) : [],
            Issuer = Claims.Text(claims, "iss"),
            Audiences = [.. Claims.Texts(claims, "aud")],
            IssuedAt = Claims.Time(claims, "iat"),
            NotBefore = Claims.Time(claims, "nbf"),
            ExpiresAt = Claims.Time(claims, "exp"),
            PodName = binding.PodName,
            PodUid = binding.PodUid,
            SecretName = binding.SecretName,
            SecretUid = binding.SecretUid,
            NodeName = binding.NodeName,
            NodeUid = binding.NodeUid,
            WarnAfter = binding.WarnAfter,
            JwtId = Claims.Text(claims, "jti"),
            Algorithm = Claims.Text(jwt.Header, "alg"),
            KeyId = Claims.Text(jwt.Header, "kid"),
        };
    }
}
