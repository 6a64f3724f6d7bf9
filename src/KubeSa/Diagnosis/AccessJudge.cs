using KubeSa.Diagnosis.Checks;
using KubeSa.Formatting;
using KubeSa.Secrecy;

namespace KubeSa.Diagnosis;

/// <summary>
/// The verdict: a pure function from evidence to report. It asks nobody and looks at no clock, so evidence from a pod,
/// a log or a file gets the same verdict wherever it is judged.
/// </summary>
public static class AccessJudge
{
    // In the order of dependency, and for each check those it needs.
    private static readonly Check[] Order =
    [
        new(AccessCheckName.Environment, EnvironmentCheck.Judge),
        new(AccessCheckName.Mount, MountCheck.Judge),
        new(AccessCheckName.Token, TokenCheck.Judge, AccessCheckName.Mount),
        new(AccessCheckName.CertificateAuthority, CertificateAuthorityCheck.Judge, AccessCheckName.Mount),
        new(AccessCheckName.Network, NetworkCheck.Judge, AccessCheckName.Environment),
        new(AccessCheckName.Tls, TlsCheck.Judge, AccessCheckName.CertificateAuthority, AccessCheckName.Network),
        new(AccessCheckName.Server, ServerCheck.Judge, AccessCheckName.Tls),
        new(AccessCheckName.Authentication, AuthenticationCheck.Judge, AccessCheckName.Token, AccessCheckName.Server),
        new(AccessCheckName.Authorization, AuthorizationCheck.Judge, AccessCheckName.Authentication),
        new(AccessCheckName.Access, RequestCheck.Judge, AccessCheckName.Authorization),
    ];

    /// <summary>Judges the evidence.</summary>
    public static AccessReport Judge(AccessEvidence evidence)
    {
        var findings = new Dictionary<AccessCheckName, Finding>();
        foreach (var check in Order)
        {
            var missing = check.Needs.Where(need => findings[need].Blocks).ToList();
            findings[check.Name] = missing.Count == 0
                ? check.Judge(evidence)
                : Finding.Skip($"Not tried: it needs {string.Join(" and ", missing)}.");
        }

        var failure = Order.Select(c => findings[c.Name]).FirstOrDefault(f => f.Status == AccessCheckStatus.Fail);
        var token = evidence.Token.Info;
        return new AccessReport
        {
            Cause = failure?.Cause ?? AccessCause.None,
            Summary = Redactor.Clean(failure is null ? Success(evidence) : failure.Summary ?? failure.Detail),
            ServiceAccount = Redactor.Clean(token?.ServiceAccount),
            Namespace = Redactor.Clean(token?.Namespace ?? evidence.Namespace.Value),
            UserName = Redactor.Clean(token?.UserName),
            ApiServer = Redactor.Clean(evidence.Environment.ApiServer),
            ServerVersion = Redactor.Clean(evidence.Server?.GitVersion),
            ItemCount = evidence.Request?.ItemCount,
            Checks = [.. Order.Select(c => Report(c.Name, findings[c.Name], evidence))],
            Timestamp = evidence.Clock.LocalDateTime,
            Telling = IdentifyingValues.Of(evidence),
            WriteTicket = TicketText.Of,
        };
    }

    private static string Success(AccessEvidence evidence) => evidence.Request is { ItemCount: { } count } request
        ? ReportPhrases.ThereAre(count, request.Incomplete, evidence.Question)
        : $"{evidence.Token.Info?.UserName ?? "The account"} may {evidence.Question.Verb} {evidence.Question.Resource} {ReportPhrases.Scope(evidence.Question.Namespace)}";

    private static AccessCheck Report(AccessCheckName name, Finding finding, AccessEvidence evidence) => new()
    {
        Name = name,
        Status = finding.Status,
        Detail = Redactor.Clean(finding.Detail),
        Remedy = Redactor.Clean(finding.Remedy),
        Command = Redactor.Clean(finding.Command ?? (finding.Status == AccessCheckStatus.Fail ? CauseCommand.For(finding.Cause, evidence) : null)),
        Took = finding.Status == AccessCheckStatus.Skip ? TimeSpan.Zero : Elapsed(name, evidence),
    };

    private static TimeSpan Elapsed(AccessCheckName name, AccessEvidence evidence) => name switch
    {
        AccessCheckName.Environment => evidence.Environment.Elapsed,
        AccessCheckName.Mount => evidence.Mount.Elapsed,
        AccessCheckName.Token => evidence.Token.Elapsed,
        AccessCheckName.CertificateAuthority => evidence.CertificateAuthority.Elapsed,
        AccessCheckName.Network => evidence.Network?.Elapsed ?? default,
        AccessCheckName.Tls => evidence.Tls?.Elapsed ?? default,
        AccessCheckName.Server => evidence.Server?.Answer.Elapsed ?? default,
        AccessCheckName.Authentication => Asking(evidence, rights: false),
        AccessCheckName.Authorization => (evidence.Authorization?.Answer.Elapsed ?? default) + Asking(evidence, rights: true),
        _ => evidence.Request?.Answer.Elapsed ?? default,
    };

    // An administrator is asked about the token or about the rights, never about both.
    private static TimeSpan Asking(AccessEvidence evidence, bool rights) =>
        evidence.Administrator is { } view && rights == (view.Roles is not null || view.RolesProblem is not null) ? view.Elapsed : TimeSpan.Zero;

    private sealed record Check(AccessCheckName Name, Func<AccessEvidence, Finding> Judge, params AccessCheckName[] Needs);
}
