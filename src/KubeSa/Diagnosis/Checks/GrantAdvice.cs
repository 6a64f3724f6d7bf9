namespace KubeSa.Diagnosis.Checks;

/// <summary>
/// The narrowest grant that allows what was forbidden: of a role that is there, where an administrator could look, and
/// else of a role made for it.
/// </summary>
/// <param name="Remedy">What to do, in words.</param>
/// <param name="Command">The line to type; null where it is not known whom to grant it to.</param>
internal sealed record GrantAdvice(string Remedy, string? Command)
{
    internal static GrantAdvice For(AccessEvidence evidence)
    {
        var question = evidence.Question;
        var rule = Rule(question);
        if (Words.Account(evidence.Token.Info) is not { } account || IsAnother(Answers.User(evidence.Request?.Answer.Message), evidence))
        {
            return new GrantAdvice($"The server knows the token's bearer under another name than a service account's; bind a role with {rule} to it.", null);
        }

        var fresh = Fresh(question, evidence.Token.Info!.ServiceAccount!, account);
        if (Narrowest(evidence.Administrator?.Roles ?? []) is not { } role)
        {
            return new GrantAdvice($"It needs {rule}, and no more: {fresh}{NotLooked(evidence)}", fresh);
        }

        var line = Grant(question, account, role.Namespace is null ? $"-ClusterRole {role.Name}" : $"-Role {role.Name}");
        return new GrantAdvice(
            Breadth(role) == 1 ? line : $"{line} (of the roles there are, this is the narrowest that allows it, among {Breadth(role)} permissions). Narrower: {fresh}", line);
    }

    private static bool IsAnother(string? refused, AccessEvidence evidence) => refused is not null && refused != evidence.Token.Info?.UserName;

    private static string Rule(AccessQuestion question)
    {
        var (resource, group) = Split(question.Resource);
        return $"a rule with the verb '{question.Verb}' on the resource '{resource}' of the API group '{group}' {Words.Scope(question.Namespace)}";
    }

    private static string Fresh(AccessQuestion question, string name, string account)
    {
        var role = $"{name}-{question.Verb}-{question.Resource.Replace('/', '-').Replace('.', '-')}";
        var make = $"kubectl create {(question.Namespace is null ? "clusterrole" : "role")} {role} --verb={question.Verb} --resource={question.Resource}"
            + Words.Prefixed(question.Namespace, " -n ");
        return $"{make}; {Grant(question, account, question.Namespace is null ? $"-ClusterRole {role}" : $"-Role {role}")}";
    }

    private static string Grant(AccessQuestion question, string account, string role) =>
        $"Grant-KubeServiceAccountRole {account} {role} {(question.Namespace is { } ns ? $"-Namespace {ns}" : "-ClusterWide")}";

    // Roles of the system are remade by it, and one that allows everything is no remedy.
    private static RoleEvidence? Narrowest(IEnumerable<RoleEvidence> roles) => roles
        .Where(role => !role.Name.StartsWith("system:", StringComparison.Ordinal) && !role.Rules.Any(AllowsEverything))
        .OrderBy(Breadth)
        .ThenBy(role => role.Namespace is null)
        .ThenBy(role => role.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    private static bool AllowsEverything(RuleEvidence rule) => rule.Verbs.Contains("*") && rule.Resources.Contains("*");

    private static int Breadth(RoleEvidence role) => role.Rules.Sum(rule => Count(rule.Verbs) * Count(rule.ApiGroups) * Count(rule.Resources));

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
