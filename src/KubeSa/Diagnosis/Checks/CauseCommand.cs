namespace KubeSa.Diagnosis.Checks;

/// <summary>
/// The line to paste for each cause that has one: it runs as it stands, on one line, with what was asked and the mount that was
/// given. Where the remedy is a decision (which account, whose clock, which certificate) there is none.
/// </summary>
internal static class CauseCommand
{
    /// <summary>Null where nothing that can be typed mends or names the cause.</summary>
    internal static string? For(AccessCause cause, AccessEvidence evidence)
    {
        var token = evidence.Token.Info;
        return cause switch
        {
            AccessCause.TokenRejected => Ask(evidence),
            AccessCause.TokenEmpty => $"Get-KubeSaTokenSecret{ReportPhrases.Prefixed(Quoted(evidence.Namespace.Value), " -Namespace ")}",
            AccessCause.TokenMalformed or AccessCause.TokenExpired or AccessCause.TokenAudienceMismatch => Renew(token),
            AccessCause.SignatureKeyUnknown or AccessCause.SecretDeleted when token is { Kind: TokenKind.Legacy } => Stored(token, evidence.Administrator),
            AccessCause.SignatureKeyUnknown => Renew(token),
            AccessCause.ServiceAccountDeleted when evidence.Administrator?.ServiceAccount is { Uid: not null } => Renew(token),
            AccessCause.ServiceAccountDeleted => Line("New-KubeServiceAccount", token),
            AccessCause.SecretDeleted or AccessCause.BoundObjectDeleted => Line("New-KubeServiceAccountToken", token),
            AccessCause.CaFileMissing or AccessCause.CaMalformed or AccessCause.CaExpired or AccessCause.TlsUntrusted =>
                $"(Get-KubeResource configmaps kube-root-ca.crt{ReportPhrases.Prefixed(Quoted(token?.Namespace ?? evidence.Namespace.Value), " -Namespace ")}).data.'ca.crt'",
            AccessCause.ConnectionRefused or AccessCause.ConnectionTimedOut or AccessCause.ConnectionReset => "Invoke-KubeRestMethod /readyz",
            AccessCause.HostNotFound => "Get-KubeResource services kubernetes -Namespace default",
            AccessCause.ServerUnavailable => "Invoke-KubeRestMethod '/readyz?verbose'",
            _ => null,
        };
    }

    /// <summary>The same check, with an administrator who is told what a pod is not.</summary>
    internal static string Ask(AccessEvidence evidence)
    {
        var question = evidence.Question;
        return "Test-KubeInClusterAccess -AdminConnection (New-KubeConnection)"
            + ReportPhrases.Prefixed(Quoted(question.MountPath), " -MountPath ")
            + ReportPhrases.Prefixed(Quoted(question.ApiServer), " -ApiServer ")
            + (question.Verb == "list" ? string.Empty : $" -Verb {Quoted(question.Verb)}")
            + (question.Resource == "pods" ? string.Empty : $" -Resource {Quoted(question.Resource)}")
            + ReportPhrases.Prefixed(Quoted(question.Namespace), " -Namespace ");
    }

    // As StoredTokenRemedy says it in words: what is sound is not deleted, and what the server makes by itself is not made.
    private static string? Stored(TokenInfo token, AdministratorEvidence? view)
    {
        var minor = ServerVersions.Minor(view?.ServerVersion);
        var create = Line("New-KubeSaTokenSecret", token) is { } line ? $"{line}{ReportPhrases.Prefixed(Quoted(token.SecretName), " -Name ")}" : null;
        var pods = Line("Get-KubeServiceAccountUsage", token);
        return view?.Secret switch
        {
            { HoldsToken: false } => pods,
            { Uid: null, Problem: null } => minor < ServerVersions.ProjectedTokens ? pods : create,
            _ when token is not { SecretName: { } secret, Namespace: { } ns } => create,
            _ when minor < ServerVersions.NoSecretsByThemselves => $"Remove-KubeSaTokenSecret {Quoted(token.SecretName)} -Namespace {Quoted(token.Namespace)}",
            _ => $"Remove-KubeSaTokenSecret {Quoted(token.SecretName)} -Namespace {Quoted(token.Namespace)}; {create}",
        };
    }

    private static string? Renew(TokenInfo? token) => token is { PodName: { } pod, Namespace: { } ns }
        ? $"Remove-KubeResource pods {Quoted(pod)} -Namespace {Quoted(ns)}"
        : Line("New-KubeServiceAccountToken", token);

    private static string? Line(string command, TokenInfo? token) => token is { ServiceAccount: { } account, Namespace: { } ns }
        ? $"{command} {Quoted(account)} -Namespace {Quoted(ns)}"
        : null;

    // Names of Kubernetes paste bare; paths and what a stranger wrote in a token do so in quotes alone. PowerShell takes
    // typographic quotes for quotes, too.
    private static string? Quoted(string? text) => text is null || (text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && text.All(IsPlain))
        ? text
        : $"'{string.Concat(text.Select(character => character is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B' ? $"{character}{character}" : char.IsControl(character) ? "?" : $"{character}"))}'";

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '/' or ':' or '_';
}
