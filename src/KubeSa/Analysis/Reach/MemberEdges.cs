using KubeSa.Rbac;

namespace KubeSa.Analysis.Reach;

/// <summary>Who holds anything at all: those whom bindings name. All other accounts hold what the groups of their namespace hold.</summary>
internal static class MemberEdges
{
    private const string Authenticated = "system:authenticated";

    internal static void Add(EdgeContext context)
    {
        var subjects = context.Snapshot.Bindings.SelectMany(binding => binding.Subjects).ToList();
        var named = subjects.Select(subject => subject.AsAccount).OfType<(string Namespace, string Name)>().ToHashSet();
        var groups = subjects.Where(subject => subject.Kind == "Group").Select(subject => subject.Name).ToHashSet();
        foreach (var (ns, name) in named)
        {
            context.Enqueue(context.Account(ns, name), () => Rules(context, ServiceAccountNames.UserName(ns, name), ServiceAccountNames.Groups(ns)));
        }

        context.Enqueue(context.V(VertexKind.Members), () => Rules(context, null, GroupsOf(null)));
        var own = context.Facts.Namespaces.Where(ns => groups.Contains(GroupName(ns))).ToHashSet();
        foreach (var ns in own)
        {
            context.Enqueue(context.V(VertexKind.Members, ns), () => Rules(context, null, GroupsOf(ns)));
            context.Graph.Follows(context.V(VertexKind.MissingAccounts, ns), context.V(VertexKind.Members, ns), condition: $"Bindings give rights to every account of namespace {ns}, new ones too.");
        }

        foreach (var account in context.Snapshot.Accounts.Where(account => !named.Contains((account.Namespace, account.Name))))
        {
            context.Graph.Follows(context.Account(account.Namespace, account.Name), context.V(VertexKind.Members, own.Contains(account.Namespace) ? account.Namespace : null));
        }

        foreach (var user in subjects.Where(subject => subject.Kind == "User" && subject.AsAccount is null).Select(subject => subject.Name).Distinct())
        {
            context.Enqueue(context.V(VertexKind.User, null, user), () => Rules(context, user, [Authenticated]));
            context.Graph.Follows(context.V(VertexKind.AnyUser), context.V(VertexKind.User, null, user));
        }

        foreach (var group in groups)
        {
            AddGroup(context, group);
        }
    }

    /// <summary>The groups of every account of a namespace, or of all.</summary>
    internal static string[] GroupsOf(string? ns) => ns is null ? ["system:serviceaccounts", Authenticated] : ServiceAccountNames.Groups(ns);

    private static void AddGroup(EdgeContext context, string group)
    {
        var vertex = context.V(VertexKind.Group, null, group);
        if (group == "system:masters")
        {
            context.Graph.Follows(vertex, context.V(VertexKind.Masters));
            return;
        }

        context.Enqueue(vertex, () => Rules(context, null, [group, Authenticated]));
        context.Graph.Follows(context.V(VertexKind.AnyCertificate), vertex);
    }

    private static string GroupName(string ns) => $"system:serviceaccounts:{ns}";

    private static List<HeldRule> Rules(EdgeContext context, string? user, string[] groups) => [.. context.Policy.RulesFor(user, groups)];
}
