using KubeSa.Rbac;

namespace KubeSa.Analysis.Use;

/// <summary>What of the rules that an account holds was used, and what of them is too much.</summary>
internal sealed class HeldUse
{
    private readonly IReadOnlyList<HeldRule> _own;
    private readonly IReadOnlyList<HeldRule> _others;
    private readonly IReadOnlyList<UsedRequest> _uses;

    /// <param name="own">The rules by bindings of its own.</param>
    /// <param name="others">The rules by its groups.</param>
    /// <param name="uses">What it used.</param>
    internal HeldUse(IReadOnlyList<HeldRule> own, IReadOnlyList<HeldRule> others, IReadOnlyList<UsedRequest> uses) => (_own, _others, _uses) = (own, others, uses);

    /// <summary>What is too much, each in a sentence with the binding and the role.</summary>
    internal IEnumerable<string> Findings()
    {
        foreach (var held in _own)
        {
            var by = $"{held.Binding.RoleKind} {held.Role.Name} by {held.Binding.Kind} {held.Binding}";
            var what = $"{string.Join(",", held.Rule.Verbs)} {RuleText.Of([.. held.Rule.ApiGroups], [.. held.Rule.Resources], [.. held.Rule.ResourceNames], [.. held.Rule.NonResourceUrls])}";
            var uses = _uses.Where(use => held.Allows(use.Request)).ToList();
            if (held.Rule.Verbs.Count == 0 || (held.Rule.Resources.Count == 0 && held.Rule.NonResourceUrls.Count == 0) || (held.Rule.Resources.Count > 0 && held.Rule.ApiGroups.Count == 0))
            {
                yield return $"dead: the rule {what} of {by} allows nothing";
            }
            else if (uses.Count == 0)
            {
                yield return $"unused: {what} of {by}";
            }
            else
            {
                foreach (var finding in OfUsed(held, what, by, uses))
                {
                    yield return finding;
                }
            }
        }
    }

    private IEnumerable<string> OfUsed(HeldRule held, string what, string by, List<UsedRequest> uses)
    {
        if (Others(held).FirstOrDefault(other => uses.TrueForAll(use => other.Allows(use.Request))) is { } enough)
        {
            yield return $"redundant: all uses of {what} of {by} are also allowed by {enough.Binding.RoleKind} {enough.Role.Name} by {enough.Binding.Kind} {enough.Binding}";
        }

        var namespaces = uses.Select(use => use.Kind.IsPath ? string.Empty : use.Kind.Namespace).Distinct().Order(StringComparer.Ordinal).ToList();
        if (held.Scope is null && namespaces.TrueForAll(ns => ns.Length > 0))
        {
            yield return $"over-scoped: {what} of {by} counts in the whole cluster and was used in {string.Join(", ", namespaces)} alone";
        }

        var names = uses.Select(use => use.Name).Distinct().ToList();
        if (held.Rule is { ResourceNames.Count: 0, NonResourceUrls.Count: 0 } && names.TrueForAll(name => !string.IsNullOrEmpty(name)) && names.Count <= 10)
        {
            yield return $"over-named: {what} of {by} is about all objects and was used on {string.Join(", ", names)} alone";
        }
    }

    private IEnumerable<HeldRule> Others(HeldRule held) => _others.Concat(_own.Where(other => other.Binding != held.Binding));
}
