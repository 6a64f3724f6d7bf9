using KubeSa.Api;
using KubeSa.Rbac;

namespace KubeSa.Analysis.Reach;

/// <summary>Something that matters whether one may do it. Whether a rule allows it is asked once for each rule, not for each account.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Group">The API group.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Subresource">The subresource; null for none.</param>
internal sealed record Question(string Verb, string Group, string Resource, string? Subresource = null)
{
    /// <summary>Whether the resource lives in no namespace, so that bindings of namespaces give nothing.</summary>
    public bool ClusterScoped { get; init; }

    /// <summary>Whether such a request has no name, so that a rule with names does not match it.</summary>
    internal bool IsNameless => Verb is "create" or "deletecollection" && Subresource is null;

    /// <summary>Whether the rule allows it, at least for some names.</summary>
    internal bool Matches(RoleRule rule) =>
        !(IsNameless && rule.ResourceNames.Count > 0)
        && rule.Allows(new AccessRequest(Verb) { Group = Group, Resource = Resource, Subresource = Subresource, Name = rule.ResourceNames.Count > 0 ? rule.ResourceNames[0] : null });
}

/// <summary>A rule that allows something, where, and for which objects.</summary>
internal sealed record Right(HeldRule Held)
{
    /// <summary>The namespace in which it counts; null for all.</summary>
    internal string? Scope => Held.Scope;

    /// <summary>The objects it is about; null for all.</summary>
    internal IReadOnlyList<string>? Names => Held.Rule.ResourceNames.Count == 0 ? null : Held.Rule.ResourceNames;

    internal bool Covers(string name) => Names is null || Names.Contains(name);

    /// <summary>Where two rights count together: the namespace, or null for everywhere; false where nowhere.</summary>
    internal static bool Meet(string? one, string? other, out string? scope)
    {
        scope = one ?? other;
        return one is null || other is null || one == other;
    }

    internal bool Meets(Right other, out string? scope) => Meet(Scope, other.Scope, out scope);
}
