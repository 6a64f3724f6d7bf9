namespace KubeSa.Diagnosis.Checks;

/// <summary>
/// The narrowest grant that allows what was forbidden: of a role that is there and gives just that, where an administrator could
/// look, and else of a role with that one rule. A broader role is told of and not proposed.
/// </summary>
/// <param name="Remedy">What to do, in words.</param>
/// <param name="Command">The line to type; null where it is not known whom to grant it to, and where no role can help.</param>
internal sealed record GrantAdvice(string Remedy, string? Command)
{
    internal static GrantAdvice For(AccessEvidence evidence)
    {
        var question = evidence.Question;
        if (evidence.ResourceKnown == false)
        {
            return new GrantAdvice($"The server does not have a resource '{question.Resource}', so no role can help. Check -Resource: kubectl api-resources lists those that there are.", null);
        }

        var rule = Rule(question);
        if (ReportPhrases.Account(evidence.Token.Info) is not { } account || IsAnother(ResponseFacts.User(evidence.Request?.Answer.Message), evidence))
        {
            return new GrantAdvice($"The server knows the token's bearer under another name than a service account's; bind a role with {rule} to it.", null);
        }

        var roles = evidence.Administrator?.Roles ?? [];
        if (Usable(roles).FirstOrDefault(role => IsExactly(role, question)) is { } exact)
        {
            var line = Grant(question, account, exact.Namespace is null ? $"-ClusterRole {exact.Name}" : $"-Role {exact.Name}");
            return new GrantAdvice(line, line);
        }

        var fresh = Grant(question, account, $"-Verb {question.Verb} -Resource {question.Resource}");
        return new GrantAdvice($"It needs {rule}, and no more: {fresh}{Broader(roles)}{NotLooked(evidence)}", fresh);
    }

    private static bool IsAnother(string? refused, AccessEvidence evidence) => refused is not null && refused != evidence.Token.Info?.UserName;

    private static string Rule(AccessQuestion question)
    {
        var (resource, group) = Split(question.Resource);
        return $"a rule with the verb '{question.Verb}' on the resource '{resource}' of the API group '{group}' {ReportPhrases.Scope(question.Namespace)}";
    }

    private static string Grant(AccessQuestion question, string account, string role) =>
        $"Grant-KubeServiceAccountRole {account} {role} {(question.Namespace is { } ns ? $"-Namespace {ns}" : "-ClusterWide")}";

    private static string Broader(IEnumerable<RoleEvidence> roles) => Usable(roles).FirstOrDefault() is { } role
        ? $" (Of the roles there are, {(role.Namespace is null ? "ClusterRole" : "Role")} '{role.Name}' is the narrowest that allows it, among {Breadth(role)} permissions.)"
        : string.Empty;

    // Roles of the system are restored by it, and one that allows everything is no remedy.
    private static IEnumerable<RoleEvidence> Usable(IEnumerable<RoleEvidence> roles) => roles
        .Where(role => !role.Name.StartsWith("system:", StringComparison.Ordinal) && !role.Rules.Any(AllowsEverything))
        .OrderBy(Breadth)
        .ThenBy(role => role.Namespace is null)
        .ThenBy(role => role.Name, StringComparer.Ordinal);

    private static bool IsExactly(RoleEvidence role, AccessQuestion question)
    {
        var (resource, group) = Split(question.Resource);
        return role.Rules is [{ Verbs: [var verb], ApiGroups: [var given], Resources: [var what], ResourceNames: [], NonResourceUrls: [] }]
            && (verb, given, what) == (question.Verb, group, resource);
    }

    private static bool AllowsEverything(RuleEvidence rule) => rule.Verbs.Contains("*") && rule.Resources.Contains("*");

    private static int Breadth(RoleEvidence role) => role.Rules.Sum(rule => Count(rule.Verbs) * ((Count(rule.ApiGroups) * Count(rule.Resources)) + Count(rule.NonResourceUrls)));

    private static int Count(IReadOnlyList<string> values)
    {
        const int Many = 100;
        return values.Sum(value => value.Contains('*') ? Many : 1);
    }

    private static (string Resource, string Group) Split(string resource)
    {
        var slash = resource.Split('/', 2);
        var dot = slash[0].Split('.', 2);
        return (slash.Length > 1 ? $"{dot[0]}/{slash[1]}" : dot[0], dot.Length > 1 ? dot[1] : string.Empty);
    }

    private static string NotLooked(AccessEvidence evidence) => evidence.Administrator switch
    {
        { RolesProblem: { } problem } => $" (Whether a role that is there would do could not be looked at: {problem})",
        { Roles: not null } => string.Empty,
        _ => " (With -AdminConnection, the roles that are there are looked at, too.)",
    };
}
