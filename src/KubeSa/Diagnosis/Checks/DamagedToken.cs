namespace KubeSa.Diagnosis.Checks;

/// <summary>
/// A token of a key that is known, whose signature is not that key's: it was cut short, something is behind it, or its text was
/// changed. The key is well then, and so is the Secret that the token was copied from.
/// </summary>
internal static class DamagedToken
{
    private const string Unsigned = "none";

    /// <summary>Null where the token is whole, as far as that can be told.</summary>
    /// <param name="signature">How the signature stands to the keys; null where there are none.</param>
    /// <param name="token">The token.</param>
    /// <param name="bytes">How long its signature is, where <paramref name="signature"/> does not tell.</param>
    internal static Finding? Judge(SignatureEvidence? signature, TokenInfo token, int? bytes = null)
    {
        var algorithm = signature?.Algorithm ?? token.Algorithm;
        if (signature is { Verified: true } || algorithm is null or Unsigned)
        {
            return null;
        }

        if (SignatureLength.Fault(algorithm, signature?.Bytes ?? bytes, signature?.ExpectedBytes) is { } fault)
        {
            return Fail($"The token is damaged: {fault}.", token);
        }

        return signature is { KeyIdKnown: true, Untried: false, NamedKeyUnusable: false }
            ? Fail(
                $"The token is damaged or was altered: it names key '{signature.TokenKeyId}', which is known, but that key did not sign this text. "
                + "Only where another key goes by the same name, it is whole.",
                token)
            : null;
    }

    /// <summary>How to get the token again, whole.</summary>
    internal static string Remedy(TokenInfo token) => token switch
    {
        { Kind: TokenKind.Legacy } =>
            $"Take the whole token again from the Secret {token.Namespace}/{token.SecretName} (Get-KubeSaTokenSecret {token.SecretName} -Namespace {token.Namespace}). Do not delete "
            + "the Secret: what it holds may be sound. If the file in a pod is damaged, recreate the pod.",
        { Kind: TokenKind.Bound } =>
            $"Copy the whole token again, or ask for a new one: New-KubeServiceAccountToken {token.ServiceAccount} -Namespace {token.Namespace}. If the file in a pod is damaged, "
            + "recreate the pod.",
        _ => "Copy the whole token again from where it came from.",
    };

    private static Finding Fail(string detail, TokenInfo token) =>
        Finding.Fail(AccessCause.TokenMalformed, detail, Remedy(token)) with { Summary = "The token is damaged or was altered" };
}
