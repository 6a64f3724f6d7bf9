using KubeSa.Api;
using KubeSa.Rbac;

namespace KubeSa.Analysis.Reach;

/// <summary>Roles that one holds and may fill with anything, by escalate together with the right to write them.</summary>
internal static class EscalateEdges
{
    private const string Name = "EscalateRole";

    internal static void Add(EdgeContext context, Holder holder)
    {
        var anyRole = holder.May(Questions.EscalateClusterRoles, Questions.EscalateRoles).ToList();
        if (anyRole.Count == 0)
        {
            return;
        }

        foreach (var binding in BindingsOf(context, holder))
        {
            var ofCluster = binding.RoleKind == "ClusterRole";
            var home = ofCluster ? null : binding.Namespace;
            var role = context.Policy.RoleOf(binding);
            var escalates = holder.May(ofCluster ? Questions.EscalateClusterRoles : Questions.EscalateRoles).Where(right => Counts(right, home) && right.Covers(binding.Role));
            var writes = role is null
                ? holder.May(ofCluster ? Questions.CreateClusterRoles : Questions.CreateRoles)
                : holder.May(ofCluster ? Questions.ChangeClusterRoles : Questions.ChangeRoles).Where(right => right.Covers(binding.Role));
            var condition = role is null
                ? $"{binding.Kind} {binding} names {binding.RoleKind} {binding.Role}, which does not exist: whoever creates it decides what it allows."
                : $"{binding.Kind} {binding} gives it {binding.RoleKind} {binding.Role}, whose rules it may change to any.";
            if (role?.AggregatedFrom.Count > 0)
            {
                (escalates, writes) = Contributors(context, holder, role);
                condition = $"{binding.Kind} {binding} gives it ClusterRole {binding.Role}, to which the server adds the rules of ClusterRoles that it may write.";
            }

            foreach (var escalate in escalates.ToList())
            {
                foreach (var write in writes.Where(write => Counts(write, home)))
                {
                    context.Step(holder, RbacEdges.AllRights(context, binding.Namespace), Name, EdgeContext.Certain, condition, escalate, write);
                }
            }
        }
    }

    /// <summary>The rules of an aggregated role come back by themselves; those of the roles that it is made of stay as they are written.</summary>
    private static (IEnumerable<Right> Escalates, IEnumerable<Right> Writes) Contributors(EdgeContext context, Holder holder, RoleDefinition role)
    {
        bool Adds(RoleDefinition source) => source.Namespace is null && source.Name != role.Name && role.AggregatedFrom.Any(selector => LabelSelectorText.Matches(selector, source.Labels));
        var sources = context.Snapshot.Roles.Where(Adds).Select(source => source.Name).ToList();
        var changes = holder.May(Questions.ChangeClusterRoles).Where(right => sources.Exists(right.Covers));
        return (
            holder.May(Questions.EscalateClusterRoles).Where(right => right.Names is null || sources.Exists(right.Covers)),
            changes.Concat(holder.May(Questions.CreateClusterRoles)));
    }

    private static bool Counts(Right right, string? home) => right.Scope is null || right.Scope == home;

    private static IEnumerable<RoleBinding> BindingsOf(EdgeContext context, Holder holder) => holder.Vertex switch
    {
        { Kind: VertexKind.Account, Namespace: { } ns, Name: { } name } => context.Policy.BindingsFor(ServiceAccountNames.UserName(ns, name), ServiceAccountNames.Groups(ns)),
        { Kind: VertexKind.User, Name: { } user } => context.Policy.BindingsFor(user, ["system:authenticated"]),
        { Kind: VertexKind.Group, Name: { } group } => context.Policy.BindingsFor(null, [group, "system:authenticated"]),
        { Kind: VertexKind.Members } => context.Policy.BindingsFor(null, MemberEdges.GroupsOf(holder.Vertex.Namespace)),
        _ => holder.Rules.Select(held => held.Binding).Distinct(),
    };
}
