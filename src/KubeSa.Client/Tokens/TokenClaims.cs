using System.Globalization;
using System.Text.Json;

namespace KubeSa.Client.Tokens;

/// <summary>
/// What of a token's header and claims is not as a service-account token's must be. Servers refuse such a token, or no server
/// ever issued it; without one to ask it must not pass for good.
/// </summary>
internal static class TokenClaims
{
    private static readonly string[] Times = ["exp", "nbf", "iat"];

    /// <summary>Each as a part of a sentence; none where all is as it must be.</summary>
    internal static IEnumerable<string> Faults(Jwt jwt, TokenInfo info)
    {
        if (jwt.Payload is not { } claims)
        {
            return ["it is encrypted (RFC 7516), and no API server issues or takes such tokens"];
        }

        string?[] faults =
        [
            jwt.Header.TryGetProperty("crit", out _) ? "its header demands extensions (crit, RFC 7515) that API servers do not know" : null,
            info.Issuer is null or "" ? "it names no issuer (iss)" : null,
            info.UserName is null or "" ? "it names no subject (sub)" : null,
            .. Times.Select(name => TimeFault(claims, name)),
            TimeFault(Claims.Object(claims, "kubernetes.io"), "warnafter"),
            EndFault(claims, info),
            AudienceFault(claims),
            claims.TryGetProperty("jti", out var id) && id.ValueKind is not (JsonValueKind.String or JsonValueKind.Null) ? "its id (jti) is not text" : null,
            info.Kind == TokenKind.Unknown && (info.Issuer == TokenReader.LegacyIssuer || claims.TryGetProperty("kubernetes.io", out _))
                ? "it looks like a service-account token, but its claims name no account"
                : null,
            .. AccountFaults(info),
            .. Twice(claims),
        ];
        return faults.OfType<string>();
    }

    // A number of seconds since 1970 (RFC 7519, section 2). Servers ignore null; a token that has it was not made by one.
    private static string? TimeFault(JsonElement? parent, string name)
    {
        if (parent is not { } claims || !claims.TryGetProperty(name, out var value))
        {
            return null;
        }

        return value.ValueKind != JsonValueKind.Number ? $"its time '{name}' is {Kind(value)} and not a number"
            : Claims.Time(claims, name) is null ? $"its time '{name}' ({Short(value)}) is before 1970 or after 9999"
            : null;
    }

    // Only tokens that are stored in Secrets never expire.
    private static string? EndFault(JsonElement claims, TokenInfo info) =>
        info.Issuer != TokenReader.LegacyIssuer && !claims.TryGetProperty("exp", out _)
            ? "it names no time at which it expires (exp), which all tokens but those of Secrets do"
            : null;

    private static string? AudienceFault(JsonElement claims) =>
        !claims.TryGetProperty("aud", out var audience)
        || audience.ValueKind == JsonValueKind.String
        || (audience.ValueKind == JsonValueKind.Array && audience.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
            ? null
            : "its audience (aud) is neither text nor a list of texts";

    private static IEnumerable<string> AccountFaults(TokenInfo info)
    {
        if (info.Kind == TokenKind.Unknown)
        {
            yield break;
        }

        (string Name, string? Value)[] needed =
        [
            ("the namespace", info.Namespace),
            ("the name of its account", info.ServiceAccount),
            ("the uid of its account", info.ServiceAccountUid),
            ("its Secret", info.Kind == TokenKind.Legacy ? info.SecretName : "none needed"),
        ];
        foreach (var (name, _) in needed.Where(claim => string.IsNullOrEmpty(claim.Value)))
        {
            yield return $"it does not name {name}";
        }

        if (info is { UserName: { Length: > 0 } subject, Namespace: { Length: > 0 } space, ServiceAccount: { Length: > 0 } account }
            && subject != ServiceAccountNames.UserName(space, account))
        {
            yield return $"it contradicts itself: its subject is '{subject}', but its claims name the account '{space}/{account}'";
        }
    }

    // Readers differ in which of the two they take; API servers refuse the token.
    private static IEnumerable<string> Twice(JsonElement claims) =>
        Claims.Names(claims).GroupBy(name => name).Where(group => group.Skip(1).Any()).Select(group => $"the claim '{group.Key}' stands in it twice");

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "text",
        JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Array => "a list",
        _ => "an object",
    };

    private static string Short(JsonElement number)
    {
        const int Most = 24;
        var text = number.GetRawText();
        return text.Length <= Most ? text : string.Create(CultureInfo.InvariantCulture, $"a number of {text.Length} digits");
    }
}
