namespace KubeSa.Diagnosis;

/// <summary>What answers to requests made with the token say of the token.</summary>
internal static class ResponseFacts
{
    private const string Anonymous = "system:anonymous";

    /// <summary>Whether the server accepted the token; null where no answer tells.</summary>
    internal static bool? Accepted(AccessEvidence evidence)
    {
        var answers = All(evidence).ToList();
        return answers.Any(a => a.Status == 401) ? false : answers.Any(IsByKnownUser) ? true : null;
    }

    /// <summary>Whether the server did not see the token at all.</summary>
    internal static bool IsAnonymous(AccessEvidence evidence) =>
        All(evidence).Any(a => a.Status == 403 && User(a.Message) == Anonymous);

    /// <summary>The refusal of something in front of the API server to a request made with the token; null where there is none.</summary>
    internal static HttpEvidence? InFront(AccessEvidence evidence) => All(evidence).FirstOrDefault(answer => answer.IsRefusalFromInFront);

    /// <summary>The user whom a message of refusal names; null where it names none.</summary>
    internal static string? User(string? message)
    {
        const string Before = "User \"";
        var start = message?.IndexOf(Before, StringComparison.Ordinal) ?? -1;
        return start < 0 ? null : message![(start + Before.Length)..].Split('"')[0];
    }

    /// <summary>Whether the request itself succeeded.</summary>
    internal static bool RequestSucceeded(AccessEvidence evidence) =>
        evidence.Request is { Answer: { Outcome: StepOutcome.Done, Status: 200 }, ItemCount: not null };

    /// <summary>Whether the account lacks the right.</summary>
    internal static bool AreForbidden(AccessEvidence evidence) =>
        !RequestSucceeded(evidence)
        && !IsAnonymous(evidence)
        && (All(evidence).Any(a => a is { Status: 403, Kind: "Status" }) || evidence.Authorization is { Allowed: false });

    /// <summary>Whether any answer is one that only a working API server gives.</summary>
    internal static bool ComeFromKubernetes(AccessEvidence evidence) =>
        All(evidence).Any(a => a is { Kind: not null, Status: >= 200 and < 500 and not 429 });

    private static IEnumerable<HttpEvidence> All(AccessEvidence evidence)
    {
        HttpEvidence?[] answers = [evidence.Request?.Answer, evidence.Authorization?.Answer];
        return answers.OfType<HttpEvidence>().Where(a => a.Outcome == StepOutcome.Done);
    }

    // Authorization comes before existence: who gets as far as a 404 is known. 5xx and 429 may come from whoever is in between.
    private static bool IsByKnownUser(HttpEvidence answer) => answer switch
    {
        { Status: >= 200 and < 300, Kind: not null } => true,
        { Status: 403, Kind: "Status" } => User(answer.Message) != Anonymous,
        { Status: 404 or 405 or 409 or 422, Kind: "Status" } => true,
        _ => false,
    };
}
