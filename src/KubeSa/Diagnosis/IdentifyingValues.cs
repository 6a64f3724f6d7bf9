namespace KubeSa.Diagnosis;

/// <summary>What evidence tells of whose cluster it is, so that a report for strangers can leave it out.</summary>
internal static class IdentifyingValues
{
    /// <summary>The values, by the kind of thing they are; none of them twice.</summary>
    internal static IReadOnlyList<(string Kind, string Value)> Of(AccessEvidence evidence)
    {
        var token = evidence.Token.Info;
        var view = evidence.Administrator;
        (string Kind, string? Value)[] named =
        [
            ("url", evidence.Environment.ApiServer), ("url", view?.Server), ("url", evidence.Question.ApiServer),
            ("host", evidence.Environment.ServiceHost), ("host", evidence.Network?.Host), ("host", evidence.Tls?.ServerName),
            ("url", evidence.Environment.Proxy?.Value),
            ("issuer", token?.Issuer), ("issuer", view?.Issuer),
            ("namespace", token?.Namespace), ("namespace", evidence.Namespace.Value), ("namespace", evidence.Question.Namespace),
            ("account", token?.ServiceAccount), ("pod", token?.PodName), ("pod", evidence.Environment.HostName),
            ("secret", token?.SecretName), ("node", token?.NodeName), ("folder", evidence.Mount.Path),
            ("user", token?.Kind == TokenKind.Unknown ? token.UserName : null),
        ];
        var addresses = evidence.Network?.Addresses.Select(address => Entry("host", address)) ?? [];
        var audiences = token?.Audiences.Select(audience => Entry("audience", audience)) ?? [];
        var roles = view?.Roles?.Select(role => Entry("role", role.Name)) ?? [];
        HttpEvidence?[] answers = [evidence.Request?.Answer, evidence.Authorization?.Answer];
        var users = answers.Select(answer => ResponseFacts.User(answer?.Message)).OfType<string>()
            .Where(user => !user.StartsWith("system:", StringComparison.Ordinal))
            .Select(user => Entry("user", user));
        var keys = Keys(evidence).Select(key => (Kind: "key", Value: key));
        return
        [
            .. named.Concat(addresses).Concat(audiences).Concat(Certificates(evidence)).Concat(roles).Concat(keys).Concat(users)
                .Where(entry => !string.IsNullOrEmpty(entry.Value))
                .DistinctBy(entry => entry.Value)
                .Select(entry => (entry.Kind, entry.Value!)),
        ];
    }

    private static IEnumerable<string?> Keys(AccessEvidence evidence)
    {
        SignatureEvidence?[] signatures = [evidence.Keys?.Signature, evidence.Administrator?.Signature];
        return signatures.OfType<SignatureEvidence>()
            .SelectMany(signature => signature.ServerKeyIds.Append(signature.TokenKeyId).Append(signature.VerifiedByKeyId))
            .Append(evidence.Token.Info?.KeyId);
    }

    private static IEnumerable<(string Kind, string? Value)> Certificates(AccessEvidence evidence)
    {
        var all = evidence.CertificateAuthority.Certificates.Concat(evidence.Tls?.Certificate is { } shown ? [shown] : []);
        return all.SelectMany(c => c.Names.Select(name => Entry("host", name)).Append(Entry("certificate", c.Subject)).Append(Entry("certificate", c.Issuer)));
    }

    private static (string Kind, string? Value) Entry(string kind, string value) => (kind, value);
}
