using KubeSa.Rbac;

namespace KubeSa.Analysis.Reach;

/// <summary>Somebody at one vertex, and all the rules that are held there: what takes two rights in one request takes them from here.</summary>
internal sealed class Holder(Vertex vertex, IReadOnlyList<HeldRule> rules, RuleAnswers answers)
{
    internal Vertex Vertex => vertex;

    internal IReadOnlyList<HeldRule> Rules => rules;

    /// <summary>The rules that allow one of these, for some names at least.</summary>
    internal IEnumerable<Right> May(params Question[] questions) =>
        from held in rules
        where questions.Any(question => !(question.ClusterScoped && held.Scope is not null) && answers.Matches(held.Rule, question))
        select new Right(held);
}
