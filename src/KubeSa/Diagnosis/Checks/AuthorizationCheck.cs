namespace KubeSa.Diagnosis.Checks;

/// <summary>The account may do what was asked.</summary>
internal static class AuthorizationCheck
{
    internal static Finding Judge(AccessEvidence evidence)
    {
        var question = evidence.Question;
        var what = $"{question.Verb} {question.Resource} {Words.Scope(question.Namespace)}";
        var user = Answers.User(evidence.Request?.Answer.Message) ?? evidence.Token.Info?.UserName ?? "The account";
        return evidence switch
        {
            { Request.Answer: { Outcome: StepOutcome.Done, Status: 403 } answer } => Forbidden(evidence, user, what, answer.Message),
            _ when Answers.RequestSucceeded(evidence) => Finding.Pass($"{user} may {what}."),
            { Authorization: { Allowed: true } review } => Finding.Pass($"{user} may {what}{Because(review.Reason)}."),
            { Authorization: { Allowed: false } review } => Forbidden(evidence, user, what, review.Reason),
            _ => Finding.Warn($"The server's answers do not tell whether {user} may {what}."),
        };
    }

    private static Finding Forbidden(AccessEvidence evidence, string user, string what, string? reason) =>
        Finding.Fail(AccessCause.Forbidden, $"{user} may not {what}{Because(reason)}.", Remedy(evidence)) with { Summary = $"{user} may not {what}" };

    private static string Because(string? reason) => string.IsNullOrEmpty(reason) ? string.Empty : $" ({reason})";

    private static string Remedy(AccessEvidence evidence)
    {
        var question = evidence.Question;
        var kind = question.Namespace is null ? "clusterrole" : "role";
        var where = question.Namespace is null ? string.Empty : $" -n {question.Namespace}";
        var name = $"{question.Resource.Split('.')[0].Replace('/', '-')}-{question.Verb}";
        var account = $"{evidence.Token.Info?.Namespace ?? evidence.Namespace.Value}:{evidence.Token.Info?.ServiceAccount}";
        return $"Grant it: kubectl create {kind} {name} --verb={question.Verb} --resource={question.Resource}{where}; "
            + $"kubectl create {kind}binding {name} --{kind}={name} --serviceaccount={account}{where}";
    }
}
