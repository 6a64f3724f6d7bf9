namespace KubeSa.Sandbox.Tokens;

/// <summary>The reasons that the two versions word differently.</summary>
internal sealed record TokenMessages(
    string BadSignature, string NotANumber, string Expired, string NotYetValid, string FromTheFuture, string Invalidated, string UidMismatch)
{
    private static readonly TokenMessages Modern = new(
        "go-jose/go-jose: error in cryptographic primitive",
        "go-jose/go-jose/jwt: expected number value to unmarshal NumericDate",
        "service account token has expired",
        "service account token is not valid yet",
        "service account token claims could not be validated due to unexpected validation error",
        "service account token has been invalidated",
        "service account UID ({0}) does not match claim ({1})");

    private static readonly TokenMessages Legacy = new(
        "square/go-jose: error in cryptographic primitive",
        "square/go-jose/jwt: expected number value to unmarshal NumericDate",
        "Token has expired.",
        "Token could not be validated.",
        "Token could not be validated.",
        "Token has been invalidated",
        "ServiceAccount UID ({0}) does not match claim ({1})");

    public static TokenMessages Of(ServerVersion serverVersion) => serverVersion.IsLegacy ? Legacy : Modern;
}
