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
                AccessCause.TokenMalformed, evidence.Problem ?? "This is no token.", "See that the whole token was copied, and nothing but it.");
            return Result(evidence, malformed, [(TokenTestCheckName.Format, malformed)]);
        }

        // What was found to be wrong does not matter where the server accepts the token: it may have kept an answer.
        var accepted = evidence.Administrator?.Review?.Authenticated == true;
        var findings = Findings(evidence, token)
            .Select(entry => accepted && entry.Finding.Status == AccessCheckStatus.Fail
                ? (entry.Name, Finding: entry.Finding.Excused("The server accepts the token all the same, perhaps because it accepted it just now."))
                : entry)
            .ToList();
        return Result(evidence, findings.Select(entry => entry.Finding).FirstOrDefault(finding => finding.Status == AccessCheckStatus.Fail), findings);
    }

    private static IEnumerable<(TokenTestCheckName Name, Finding Finding)> Findings(TokenTestEvidence evidence, TokenInfo token)
    {
        (TokenTestCheckName Name, Finding? Finding)[] all =
        [
            (TokenTestCheckName.Format, TokenFindings.Format(token)),
            (TokenTestCheckName.Signature, TokenFindings.Signature(evidence, token)),
            (TokenTestCheckName.Time, TokenFindings.Time(evidence, token)),
            (TokenTestCheckName.ServiceAccount, ObjectFindings.Judge(evidence.Administrator?.ServiceAccount, AccessCause.ServiceAccountDeleted, token)),
            (TokenTestCheckName.Secret, ObjectFindings.Judge(evidence.Administrator?.Secret, AccessCause.SecretDeleted, token)),
            (TokenTestCheckName.Pod, ObjectFindings.Judge(evidence.Administrator?.Pod, AccessCause.BoundObjectDeleted, token)),
            (TokenTestCheckName.Node, ObjectFindings.Judge(evidence.Administrator?.Node, AccessCause.BoundObjectDeleted, token)),
            (TokenTestCheckName.Audience, TokenFindings.Audience(evidence, token)),
            (TokenTestCheckName.Review, TokenFindings.Review(evidence, token)),
        ];
        return all.Where(entry => entry.Finding is not null).Select(entry => (entry.Name, entry.Finding!));
    }

    private static TokenTestResult Result(
        TokenTestEvidence evidence, Finding? failure, IReadOnlyList<(TokenTestCheckName Name, Finding Finding)> findings) => new()
        {
            Cause = failure?.Cause ?? AccessCause.None,
            Summary = Redactor.Clean(failure is null ? Success(evidence) : failure.Summary ?? failure.Detail),
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

    private static string Success(TokenTestEvidence evidence) => evidence.Administrator is { } view
        ? $"{view.Server} accepts the token as {view.Review?.UserName ?? evidence.Info?.UserName}"
        : $"The token of {evidence.Info?.UserName} is signed by a key of those given, and its time is not over";
}
