using KubeSa.Api;

namespace KubeSa.Rbac;

/// <summary>
/// Roles and bindings put together, as the server's RBAC authorizer does: who holds which rules. Nothing but RBAC is looked at.
/// </summary>
internal sealed class RbacPolicy
{
    private readonly Dictionary<(string? Namespace, string Name), RoleDefinition> _roles;
    private readonly IReadOnlyList<RoleBinding> _bindings;
    private readonly Lazy<BindingIndex> _index;
    private readonly Lazy<Aggregation> _aggregation;

    internal RbacPolicy(IEnumerable<RoleDefinition> roles, IReadOnlyList<RoleBinding> bindings)
    {
        // No API server lists one twice, but a file or another server may.
        _roles = roles.DistinctBy(role => (role.Namespace, role.Name)).ToDictionary(role => (role.Namespace, role.Name));
        _bindings = bindings;
        _index = new Lazy<BindingIndex>(() => new BindingIndex(_bindings));
        _aggregation = new Lazy<Aggregation>(() => new Aggregation(_roles.Values));
    }

    /// <summary>Every rule that a service account holds, by its own name and by its groups, in the order of the bindings.</summary>
    internal IEnumerable<HeldRule> RulesFor(string ns, string name) => RulesFor(ServiceAccountNames.UserName(ns, name), ServiceAccountNames.Groups(ns));

    /// <summary>The same for any user with its groups; no name for the groups alone.</summary>
    internal IEnumerable<HeldRule> RulesFor(string? user, IEnumerable<string> groups) =>
        from named in _index.Value.For(user, groups)
        from rule in HeldThrough(named.Binding, named.Subject)
        select rule;

    /// <summary>The bindings that name the user or one of its groups, whether their roles exist or not.</summary>
    internal IEnumerable<RoleBinding> BindingsFor(string? user, IEnumerable<string> groups) => _index.Value.For(user, groups).Select(named => named.Binding);

    /// <summary>The rules by which the account may do what is asked, as the server decides it; empty where it may not. A request without a namespace is about the whole cluster.</summary>
    internal IEnumerable<HeldRule> Allowing(string ns, string name, AccessRequest request) => RulesFor(ns, name).Where(rule => rule.Allows(request));

    /// <summary>The rules of a binding as one of its subjects holds them; none where there is no such role.</summary>
    internal IEnumerable<HeldRule> HeldThrough(RoleBinding binding, RoleSubject subject) => RoleOf(binding) is not { } role
        ? []
        : Enumerable.Range(0, role.Rules.Count)
            .Where(index => binding.Namespace is null || role.Rules[index].NonResourceUrls.Count == 0)
            .Select(index => new HeldRule(binding, role, index, subject));

    /// <summary>
    /// The ClusterRoles from which an aggregated role has the rule: the places where it can be taken away, for the server fills the
    /// aggregated role again. Empty for a role that is not aggregated.
    /// </summary>
    internal IReadOnlyList<string> ContributorsOf(RoleDefinition role, RoleRule rule) => _aggregation.Value.ContributorsOf(role, rule);

    /// <summary>Whether any binding names the account itself.</summary>
    internal bool Names(string ns, string name) => _bindings.Any(binding => binding.Subjects.Any(subject => subject.IsAccount(ns, name)));

    /// <summary>Every rule the account holds, by its own name or as a member of a group.</summary>
    /// <param name="ns">The namespace of the account.</param>
    /// <param name="name">The name of the account.</param>
    /// <param name="exists">Whether it exists; null where that is not known.</param>
    internal IEnumerable<AccessRule> HeldBy(string ns, string name, bool? exists = null) =>
        from held in RulesFor(ns, name)
        select new AccessRule
        {
            Namespace = ns,
            ServiceAccount = name,
            Scope = held.Scope,
            Verbs = [.. held.Rule.Verbs],
            ApiGroups = [.. held.Rule.ApiGroups],
            Resources = [.. held.Rule.Resources],
            ResourceNames = [.. held.Rule.ResourceNames],
            NonResourceUrls = [.. held.Rule.NonResourceUrls],
            BindingKind = held.Binding.Kind,
            Binding = held.Binding.Name,
            RoleKind = held.Binding.RoleKind,
            Role = held.Binding.Role,
            ContributingRoles = [.. ContributorsOf(held.Role, held.Rule)],
            Subject = held.Subject.AsAccount is null ? held.Subject : held.Subject.Existing(exists),
            Exists = exists,
        };

    /// <summary>The bindings that name the account, or a group it is in, and a role that does not exist.</summary>
    internal IEnumerable<RoleBinding> DanglingFor(string ns, string name) => _bindings.Where(binding =>
        RoleOf(binding) is null && binding.Subjects.Any(subject => subject.IsAccount(ns, name) || subject.IsGroupOf(ns)));

    /// <summary>Who may do what is asked. What lives in no namespace is allowed by bindings in none alone.</summary>
    /// <param name="request">What is asked; its namespace is not looked at, for the bindings are those that count there.</param>
    /// <param name="inNamespaces">Whether it is about something that lives in namespaces.</param>
    /// <param name="exists">Tells of a service account whether it exists; null where nobody looked.</param>
    internal IEnumerable<AccessGrant> WhoCan(AccessRequest request, bool inNamespaces, Func<string, string, bool?>? exists = null) =>
        from binding in _bindings
        where (inNamespaces || binding.Namespace is null) && RulesOf(binding).Any(rule => rule.Allows(request))
        from subject in binding.Subjects
        let account = subject.AsAccount
        where account is not null || subject.Kind is "User" or "Group"
        select new AccessGrant
        {
            SubjectKind = account is null ? subject.Kind : "ServiceAccount",
            Subject = account?.Name ?? subject.Name,
            Namespace = account?.Namespace,
            Exists = account is var (ns, name) ? exists?.Invoke(ns, name) : null,
            Verb = request.Verb,
            Resource = request.Resource is null ? null : request.FullResource,
            NonResourceUrl = request.NonResourceUrl,
            Scope = binding.Namespace,
            BindingKind = binding.Kind,
            Binding = binding.Name,
            RoleKind = binding.RoleKind,
            Role = binding.Role,
        };

    /// <summary>The role of a binding; a cluster's binding cannot give the Role of a namespace, even where a ClusterRole has its name.</summary>
    internal RoleDefinition? RoleOf(RoleBinding binding) => binding.RoleKind switch
    {
        "ClusterRole" => _roles.GetValueOrDefault((null, binding.Role)),
        "Role" when binding.Namespace is { } ns => _roles.GetValueOrDefault((ns, binding.Role)),
        _ => null,
    };

    /// <summary>The rules that count through the binding: paths are in no namespace, so a RoleBinding gives none of them.</summary>
    private IEnumerable<RoleRule> RulesOf(RoleBinding binding) =>
        (RoleOf(binding)?.Rules ?? []).Where(rule => binding.Namespace is null || rule.NonResourceUrls.Count == 0);
}
