namespace KubeSa.Diagnosis.Checks;

/// <summary>A token in a sentence or two: whose it is, and what decides whether it is good.</summary>
internal static class TokenDescription
{
    internal static string Describe(TokenInfo token)
    {
        var key = token.KeyId is { } id ? $" Signed by key '{id}'." : string.Empty;
        return token.Kind switch
        {
            TokenKind.Legacy => $"A legacy token of {token.UserName} from Secret {token.Namespace}/{token.SecretName}; it never expires.{key}",
            TokenKind.Bound => $"A token of {token.UserName}{Bound(token)}, valid {Times(token)}, issued by '{token.Issuer}' for {ReportPhrases.List(token.Audiences, "no audience")}.{key}",
            _ => $"A token of issuer '{token.Issuer}' for '{token.UserName}', which is no service-account token.{key}",
        };
    }

    private static string Bound(TokenInfo token) => token switch
    {
        { PodName: { } pod } => $", bound to pod {pod}",
        { SecretName: { } secret } => $", bound to Secret {secret}",
        { NodeName: { } node } => $", bound to node {node}",
        _ => string.Empty,
    };

    private static string Times(TokenInfo token) => (token.NotBefore, token.ExpiresAt) switch
    {
        (_, null) => "until a time that it does not say",
        (null, { } end) => $"until {ReportPhrases.Time(end)}",
        ({ } start, { } end) => $"from {ReportPhrases.Time(start)} to {ReportPhrases.Time(end)}",
    };
}
