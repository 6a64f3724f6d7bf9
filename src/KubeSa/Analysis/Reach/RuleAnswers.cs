using KubeSa.Api;

namespace KubeSa.Analysis.Reach;

/// <summary>Which rules allow what, asked once for each rule however many hold it.</summary>
internal sealed class RuleAnswers
{
    private readonly Dictionary<(RoleRule Rule, Question Question), bool> _known = new(new ByReference());

    internal bool Matches(RoleRule rule, Question question)
    {
        if (!_known.TryGetValue((rule, question), out var matches))
        {
            matches = question.Matches(rule);
            _known.Add((rule, question), matches);
        }

        return matches;
    }

    private sealed class ByReference : IEqualityComparer<(RoleRule Rule, Question Question)>
    {
        public bool Equals((RoleRule Rule, Question Question) one, (RoleRule Rule, Question Question) other) =>
            ReferenceEquals(one.Rule, other.Rule) && ReferenceEquals(one.Question, other.Question);

        public int GetHashCode((RoleRule Rule, Question Question) key) => HashCode.Combine(
            System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key.Rule), System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key.Question));
    }
}
