namespace KubeSa.Diagnosis.Checks;

/// <summary>The account may do what was asked.</summary>
internal static class AuthorizationCheck
{
    internal static Finding Judge(AccessEvidence evidence)
    {
        var question = evidence.Question;
        var what = $"{question.Verb} {question.Resource} {ReportPhrases.Scope(question.Namespace)}";
        var user = ResponseFacts.User(evidence.Request?.Answer.Message) ?? evidence.Token.Info?.UserName ?? "The account";
        return evidence switch
        {
            { Request.Answer: { Status: 403 } refusal } when refusal.IsRefusalFromInFront => FrontProxyFinding.Forbidden(refusal),
            { Request.Answer: { Outcome: StepOutcome.Done, Status: 403 } answer } => Forbidden(evidence, user, what, answer.Message),
            _ when ResponseFacts.RequestSucceeded(evidence) => Finding.Pass($"{user} may {what}."),
            { Authorization: { Allowed: true } review } => Finding.Pass($"{user} may {what}{Because(review.Reason)}."),
            { Authorization: { Allowed: false } review } => Forbidden(evidence, user, what, review.Reason),
            _ => Finding.Warn($"The server's answers do not tell whether {user} may {what}."),
        };
    }

    private static Finding Forbidden(AccessEvidence evidence, string user, string what, string? reason)
    {
        var grant = GrantAdvice.For(evidence);
        return Finding.Fail(AccessCause.Forbidden, $"{user} may not {what}{Because(reason)}.", grant.Remedy) with
        {
            Summary = $"{user} may not {what}",
            Command = grant.Command,
        };
    }

    private static string Because(string? reason) => string.IsNullOrEmpty(reason) ? string.Empty : $" ({reason})";
}
