namespace KubeSa.Diagnosis.Checks;

/// <summary>The server has no key that made the token's signature: what its log calls "crypto/rsa: verification error".</summary>
internal static class UnknownKey
{
    private const string Said = "The key that signed this token is not one the server uses";

    /// <summary>The finding by what an administrator was told.</summary>
    /// <param name="signature">How the signature stands to the server's keys; null where only the server's word is known.</param>
    /// <param name="token">The token.</param>
    /// <param name="view">What the administrator was told besides.</param>
    internal static Finding Finding(SignatureEvidence? signature, TokenInfo token, AdministratorEvidence view)
    {
        var ids = ReportPhrases.List(signature?.ServerKeyIds ?? []);
        var why = signature switch
        {
            null => "TokenReview says the signature is not valid",
            { Algorithm: "none" } => "the token is not signed at all",
            { KeyIdKnown: null } => $"the token names no key, and none of the server's {signature.ServerKeyIds.Count} verifies it ({ids})",
            _ => $"the token names key '{signature.TokenKeyId}', the server at {view.Server} has {ids}",
        };
        var foreign = view.Issuer is { } issuer && token.Kind != TokenKind.Legacy && token.Issuer != issuer
            ? $" Its issuer '{token.Issuer}' is not the server's, '{issuer}', either: it may be of another cluster."
            : string.Empty;
        return Diagnosis.Finding.Fail(AccessCause.SignatureKeyUnknown, $"{Said}: {why}.{foreign}", Replace(token, view)) with { Summary = Said };
    }

    private static string Replace(TokenInfo token, AdministratorEvidence view) => token.Kind == TokenKind.Legacy
        ? $"{StoredTokenRemedy.NewKey(token, view.ServerVersion, view.Secret)} If new tokens are refused, too, the API server's --service-account-key-file lacks "
            + "the key of the controller manager's --service-account-private-key-file."
        : $"{TokenRenewalRemedy.Pod(token)} If new tokens are refused, too, the API server's --service-account-key-file lacks the key it signs with (--service-account-signing-key-file).";
}
