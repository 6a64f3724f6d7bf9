using KubeSa.Api;

namespace KubeSa.Rbac;

/// <summary>
/// Roles and bindings put together, as the server's RBAC authorizer does: who holds which rules. Nothing but RBAC is looked at.
/// </summary>
internal sealed class RbacPolicy
{
    private readonly Dictionary<(string? Namespace, string Name), RoleDefinition> _roles;
    private readonly IReadOnlyList<RoleBinding> _bindings;

    internal RbacPolicy(IEnumerable<RoleDefinition> roles, IReadOnlyList<RoleBinding> bindings)
    {
        _roles = roles.ToDictionary(role => (role.Namespace, role.Name));
        _bindings = bindings;
    }

    /// <summary>Whether any binding names the account itself.</summary>
    internal bool Names(string ns, string name) => _bindings.Any(binding => binding.Subjects.Any(subject => subject.IsAccount(ns, name)));

    /// <summary>Every rule the account holds, by its own name or as a member of a group.</summary>
    /// <param name="ns">The namespace of the account.</param>
    /// <param name="name">The name of the account.</param>
    /// <param name="exists">Whether it exists; null where that is not known.</param>
    internal IEnumerable<AccessRule> HeldBy(string ns, string name, bool? exists = null) =>
        from binding in _bindings
        from subject in binding.Subjects.Where(subject => subject.IsAccount(ns, name) || subject.IsGroupOf(ns)).Take(1)
        from rule in RulesOf(binding)
        select new AccessRule
        {
            Namespace = ns,
            ServiceAccount = name,
            Scope = binding.Namespace,
            Verbs = [.. rule.Verbs],
            ApiGroups = [.. rule.ApiGroups],
            Resources = [.. rule.Resources],
            ResourceNames = [.. rule.ResourceNames],
            NonResourceUrls = [.. rule.NonResourceUrls],
            BindingKind = binding.Kind,
            Binding = binding.Name,
            RoleKind = binding.RoleKind,
            Role = binding.Role,
            Subject = subject.AsAccount is null ? subject : subject with { Exists = exists },
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
    private RoleDefinition? RoleOf(RoleBinding binding) => binding.RoleKind switch
    {
        "ClusterRole" => _roles.GetValueOrDefault((null, binding.Role)),
        "Role" when binding.Namespace is { } ns => _roles.GetValueOrDefault((ns, binding.Role)),
        _ => null,
    };

    /// <summary>The rules that count through the binding: paths are in no namespace, so a RoleBinding gives none of them.</summary>
    private IEnumerable<RoleRule> RulesOf(RoleBinding binding) =>
        (RoleOf(binding)?.Rules ?? []).Where(rule => binding.Namespace is null || rule.NonResourceUrls.Count == 0);
}
