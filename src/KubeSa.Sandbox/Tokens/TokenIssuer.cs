using System.Text.Json.Nodes;
using KubeSa.Sandbox.Auth;

namespace KubeSa.Sandbox.Tokens;

/// <summary>Makes tokens with the claims that Kubernetes puts into them.</summary>
internal sealed class TokenIssuer(KeyRing keys, ServerVersion serverVersion, TimeProvider time)
{
    /// <summary>The issuer of requested tokens and, by default, their audience.</summary>
    public const string Issuer = "https://kubernetes.default.svc.cluster.local";

    /// <summary>The issuer before it was renamed; nothing accepts its tokens.</summary>
    public const string FormerIssuer = "https://former.example.com";

    /// <summary>The issuer of tokens that are kept in Secrets.</summary>
    public const string LegacyIssuer = "kubernetes/serviceaccount";

    /// <summary>What the kubelet asks for; such a token lives a year and warns after that time.</summary>
    public const long KubeletSeconds = 3607;

    private const long ExtendedSeconds = 365 * 24 * 3600;

    /// <summary>The token of a Secret: without expiry and audience, revoked by deleting the Secret.</summary>
    public string IssueLegacy(string ns, string secretName, string account, string accountUid) =>
        IssueLegacy(keys.ControllerKey, ns, secretName, account, accountUid);

    /// <summary>The same with a key of the caller's choice, as it was signed before the key was replaced.</summary>
    public static string IssueLegacy(SigningKey key, string ns, string secretName, string account, string accountUid) =>
        JsonWebSignature.Sign(key, new JsonObject
        {
            ["iss"] = LegacyIssuer,
            ["kubernetes.io/serviceaccount/namespace"] = ns,
            ["kubernetes.io/serviceaccount/secret.name"] = secretName,
            ["kubernetes.io/serviceaccount/service-account.name"] = account,
            ["kubernetes.io/serviceaccount/service-account.uid"] = accountUid,
            ["sub"] = ServiceAccountUser.UserName(ns, account),
        });

    public string IssueBound(BoundTokenRequest request)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var extended = request.Pod is not null
            && request.Seconds == KubeletSeconds
            && request.Audiences is [Issuer];
        var kubernetes = new JsonObject { ["namespace"] = request.Namespace };
        Add(kubernetes, "node", serverVersion.IsLegacy ? null : request.Node);
        Add(kubernetes, "pod", request.Pod);
        Add(kubernetes, "secret", request.Secret);
        Add(kubernetes, "serviceaccount", request.Account);
        if (extended)
        {
            kubernetes["warnafter"] = now + request.Seconds;
        }

        var claims = new JsonObject
        {
            ["aud"] = new JsonArray([.. request.Audiences.Select(audience => (JsonNode)audience)]),
            ["exp"] = now + (extended ? ExtendedSeconds : request.Seconds),
            ["iat"] = now,
            ["iss"] = request.Issuer,
        };
        if (!serverVersion.IsLegacy)
        {
            claims["jti"] = Guid.NewGuid().ToString();
        }

        claims["kubernetes.io"] = kubernetes;
        claims["nbf"] = now;
        claims["sub"] = ServiceAccountUser.UserName(request.Namespace, request.Account.Name);
        return JsonWebSignature.Sign(keys.ServerKey, claims);
    }

    private static void Add(JsonObject claims, string name, NamedUid? bound)
    {
        if (bound is not null)
        {
            claims[name] = new JsonObject { ["name"] = bound.Name, ["uid"] = bound.Uid };
        }
    }
}

/// <summary>An object by name and uid.</summary>
internal sealed record NamedUid(string Name, string Uid);

/// <summary>What a bound token is to say. A node that is given beside a pod is told, not bound to.</summary>
internal sealed record BoundTokenRequest(string Namespace, NamedUid Account, long Seconds)
{
    public IReadOnlyList<string> Audiences { get; init; } = [TokenIssuer.Issuer];

    public string Issuer { get; init; } = TokenIssuer.Issuer;

    public NamedUid? Pod { get; init; }

    public NamedUid? Secret { get; init; }

    public NamedUid? Node { get; init; }
}
