using KubeSa.Diagnosis.Checks;
using KubeSa.Secrecy;

namespace KubeSa.Diagnosis;

/// <summary>The verdict on a token: a pure function from evidence to result, as AccessJudge is.</summary>
public static class TokenJudge
{
    /// <summary>Judges the evidence.</summary>
    public static TokenTestResult Judge(TokenTestEvidence evidence)
    {
        if (evidence.Info is not { } token)
        {
            var malformed = Finding.Fail(
                AccessCause.TokenMalformed, evidence.Problem ?? "This is not a token.", "See that the whole token was copied, and nothing but it.");
            return Result(evidence, malformed, [(TokenTestCheckName.Format, malformed)]);
        }

        // What was found to be wrong does not matter where the server accepts the token: it may have kept an answer. But for whom it
        // accepts it is its own word.
        var accepted = evidence.Administrator?.Review?.Authenticated == true;
        var findings = Findings(evidence, token)
            .Select(entry => accepted && entry is { Finding.Status: AccessCheckStatus.Fail, Name: not TokenTestCheckName.Audience }
                ? (entry.Name, Finding: entry.Finding.Excused("The server accepts the token all the same, perhaps because it accepted it just now."))
                : entry)
            .ToList();
        return Result(evidence, findings.Select(entry => entry.Finding).FirstOrDefault(finding => finding.Status == AccessCheckStatus.Fail), findings);
    }

    private static IEnumerable<(TokenTestCheckName Name, Finding Finding)> Findings(TokenTestEvidence evidence, TokenInfo token)
    {
        var view = evidence.Administrator;
        (TokenTestCheckName Name, Finding? Finding)[] all =
        [
            (TokenTestCheckName.Format, TokenFindings.Format(evidence, token)),
            (TokenTestCheckName.Signature, TokenFindings.Signature(evidence, token)),
            (TokenTestCheckName.Time, TokenFindings.Time(evidence, token)),
            (TokenTestCheckName.ServiceAccount, ObjectFindings.Judge(view?.ServiceAccount, AccessCause.ServiceAccountDeleted, token, view)),
            (TokenTestCheckName.Secret, ObjectFindings.Judge(view?.Secret, AccessCause.SecretDeleted, token, view)),
            (TokenTestCheckName.Pod, ObjectFindings.Judge(view?.Pod, AccessCause.BoundObjectDeleted, token, view)),
            (TokenTestCheckName.Node, ObjectFindings.Judge(view?.Node, AccessCause.BoundObjectDeleted, token, view)),
            (TokenTestCheckName.Audience, AudienceFinding.Judge(evidence, token)),
            (TokenTestCheckName.Review, TokenFindings.Review(evidence, token)),
        ];
        return all.Where(entry => entry.Finding is not null).Select(entry => (entry.Name, entry.Finding!));
    }

    private static TokenTestResult Result(
        TokenTestEvidence evidence, Finding? failure, IReadOnlyList<(TokenTestCheckName Name, Finding Finding)> findings) => new()
        {
            Cause = failure?.Cause ?? (IsProven(evidence) ? AccessCause.None : AccessCause.Unknown),
            Summary = Redactor.Clean(failure is not null ? failure.Summary ?? failure.Detail : IsProven(evidence) ? Success(evidence) : Unproven(evidence)),
            UserName = Redactor.Clean(evidence.Administrator?.Review?.UserName ?? evidence.Info?.UserName),
            Groups = evidence.Info?.Groups ?? [],
            Checks =
        [
            .. findings.Select(entry => new TokenTestCheck
            {
                Name = entry.Name,
                Status = entry.Finding.Status,
                Detail = Redactor.Clean(entry.Finding.Detail),
                Remedy = Redactor.Clean(entry.Finding.Remedy),
            }),
        ],
            Info = evidence.Info,
        };

    // Not asked is not accepted: only a server's word proves that a token is good, or keys where no server was to be asked.
    private static bool IsProven(TokenTestEvidence evidence) => evidence.Administrator is { } view
        ? view.Review is { Authenticated: true }
        : evidence.Signature is { Verified: true };

    private static string Success(TokenTestEvidence evidence) => evidence.Administrator is { } view
        ? $"{view.Server} accepts the token as {view.Review?.UserName ?? evidence.Info?.UserName}"
        : $"Offline: the token of {evidence.Info?.UserName} is signed by key '{evidence.Signature?.VerifiedByKeyId}' of those given, and its time is not over; "
            + "no server was asked whether it was revoked";

    private static string Unproven(TokenTestEvidence evidence) => evidence.Administrator is { } view
        ? $"It is not known whether {view.Server} accepts the token of {evidence.Info?.UserName}: the server could not be asked"
        : $"It is not known whether the token of {evidence.Info?.UserName} is good: its signature could not be verified";
}
