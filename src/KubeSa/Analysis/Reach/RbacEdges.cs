using KubeSa.Api;

namespace KubeSa.Analysis.Reach;

/// <summary>
/// Roles and bindings that one writes. Nobody may hand out what he does not hold, so to write alone gains nothing; with bind or escalate,
/// which the server asks in the namespace of what is written, it does.
/// </summary>
internal static class RbacEdges
{
    private const string ClusterRole = "ClusterRole";
    private const string Bind = "BindRole";

    internal static void Add(EdgeContext context, Holder holder)
    {
        Everything(context, holder);
        BindInCluster(context, holder);
        BindInNamespaces(context, holder);
    }

    private static void Everything(EdgeContext context, Holder holder)
    {
        foreach (var held in holder.Rules.Where(held => held.Rule.AllowsEverything))
        {
            context.Graph.Step(holder.Vertex, AllRights(context, held.Scope), "HoldsEverything", EdgeContext.Certain, $"The rule allows every verb on everything {EdgeContext.In(held.Scope)}.", held);
        }
    }

    private static void BindInCluster(EdgeContext context, Holder holder)
    {
        var binds = holder.May(Questions.BindClusterRoles).Where(right => right.Scope is null).ToList();
        if (binds.Count == 0)
        {
            return;
        }

        foreach (var create in holder.May(Questions.CreateClusterBindings))
        {
            binds.ForEach(bind => Give(context, holder, ClusterRole, null, bind, create, false, "A new ClusterRoleBinding may give"));
        }

        foreach (var change in holder.May(Questions.ChangeClusterBindings))
        {
            var existing = context.Snapshot.Bindings.Where(binding => binding.Namespace is null && change.Covers(binding.Name)).ToList();
            binds.ForEach(bind => AddSubject(context, holder, bind, change, existing, null));
        }
    }

    private static void BindInNamespaces(EdgeContext context, Holder holder)
    {
        var creates = holder.May(Questions.CreateBindings).ToList();
        var changes = holder.May(Questions.ChangeBindings).ToList();
        foreach (var (question, kind) in new[] { (Questions.BindClusterRoles, ClusterRole), (Questions.BindRoles, "Role") })
        {
            foreach (var bind in holder.May(question))
            {
                foreach (var create in creates)
                {
                    if (bind.Meets(create, out var scope))
                    {
                        Give(context, holder, kind, scope, bind, create, true, $"A new RoleBinding {EdgeContext.In(scope)} may give");
                    }
                }

                foreach (var change in changes)
                {
                    if (bind.Meets(change, out var scope))
                    {
                        var existing = context.Snapshot.Bindings
                            .Where(binding => binding.Namespace is not null && (scope is null || binding.Namespace == scope) && binding.RoleKind == kind && change.Covers(binding.Name)).ToList();
                        AddSubject(context, holder, bind, change, existing, scope);
                    }
                }
            }
        }
    }

    /// <summary>Whoever may give any role gives the one that allows everything; else those that the rule names.</summary>
    private static void Give(EdgeContext context, Holder holder, string kind, string? scope, Right bind, Right write, bool byRoleBinding, string may)
    {
        if (bind.Names is null && kind == ClusterRole)
        {
            context.Step(holder, AllRights(context, scope, byRoleBinding), Bind, EdgeContext.Certain, $"{may} any ClusterRole, cluster-admin too, to anybody.", bind, write);
            return;
        }

        foreach (var role in context.Snapshot.Roles.Where(role => (role.Namespace is null) == (kind == ClusterRole) && (role.Namespace is null || scope is null || role.Namespace == scope) && bind.Covers(role.Name)))
        {
            ToRole(context, holder, role, role.Namespace ?? scope, byRoleBinding, $"{may} {kind} {role.Name} to anybody.", bind, write);
        }
    }

    private static void AddSubject(EdgeContext context, Holder holder, Right bind, Right change, List<RoleBinding> existing, string? scope)
    {
        foreach (var binding in existing.Where(binding => bind.Covers(binding.Role)).DistinctBy(binding => (binding.Namespace, binding.RoleKind, binding.Role)))
        {
            if (context.Policy.RoleOf(binding) is { } role)
            {
                ToRole(context, holder, role, binding.Namespace ?? scope, binding.Namespace is not null, $"{binding.Kind} {binding} gives {binding.RoleKind} {binding.Role}, and its subjects can be changed.", bind, change);
            }
        }
    }

    /// <summary>Somebody gets a role: everything, or what it allows together with what he has.</summary>
    private static void ToRole(EdgeContext context, Holder holder, RoleDefinition role, string? scope, bool byRoleBinding, string condition, params Right[] rights)
    {
        if (context.Facts.AllowsEverything(role))
        {
            context.Step(holder, AllRights(context, scope, byRoleBinding), Bind, EdgeContext.Certain, condition, rights);
            return;
        }

        // Roles given on top of given roles would not come to an end, and what the first gives is what counts.
        if (holder.Vertex.Kind is VertexKind.RoleHolder or VertexKind.ActingAs || role.Rules.Count == 0)
        {
            return;
        }

        var with = context.V(VertexKind.RoleHolder, null, $"{holder.Vertex} with {(role.Namespace is null ? ClusterRole : "Role")} {role.Name} {EdgeContext.In(scope)}");
        context.Step(holder, with, Bind, EdgeContext.Certain, condition, rights);
        context.Enqueue(with, () => [.. holder.Rules, .. EdgeContext.Given(role, scope)]);
    }

    /// <summary>All rights in a namespace; in none: in the cluster, or where only RoleBindings give them, in each namespace.</summary>
    internal static Vertex AllRights(EdgeContext context, string? scope, bool byRoleBinding = false) =>
        scope is null && !byRoleBinding ? context.V(VertexKind.ClusterAdmin) : context.V(VertexKind.Namespace, scope);
}
