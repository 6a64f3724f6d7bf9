namespace KubeSa.Diagnosis.Checks;

/// <summary>The request itself succeeds.</summary>
internal static class RequestCheck
{
    private const string SeeLog = "Try again; see the API server's log at this time.";

    internal static Finding Judge(AccessEvidence evidence)
    {
        var question = evidence.Question;
        if (evidence.Request is not { Answer: { } answer } request)
        {
            return evidence.Authorization is { Allowed: true }
                ? Finding.Skip("Only lists are tried; whether the account may do it, the server was asked.")
                : Finding.Fail(
                    AccessCause.Unknown, "The request was not tried, and the server did not say whether it would succeed.", SeeLog);
        }

        var what = $"{answer.Method} {answer.Path.Split('?')[0]}";
        return answer switch
        {
            _ when ResponseFacts.RequestSucceeded(evidence) => Finding.Pass($"{ReportPhrases.ThereAre(request.ItemCount!.Value, request.Incomplete, question)}."),
            { Outcome: not StepOutcome.Done } => NetworkFindings.Fail(answer.Outcome, what, answer.Error, connected: true),
            { Status: 429 } => ServerCheck.Throttled(answer),
            { Status: >= 500 } => ServerCheck.Unavailable(answer),
            { Status: 404 } => Finding.Fail(AccessCause.Unknown, $"The server knows no resource '{question.Resource}' ({what} is not found).",
                "Check -Resource: the plural name, with the group where there is one (kubectl api-resources)."),
            { Status: 200 } => Finding.Fail(AccessCause.NotKubernetes, $"{what} gives {answer.ContentType ?? "nothing"} that is not a list.",
                "See whether a proxy or another server stands in between."),
            _ => Finding.Fail(
                AccessCause.Unknown, $"{what} gives {answer.Status}{(answer.Message is { } message ? $": {message}" : string.Empty)}.", SeeLog),
        };
    }
}
