namespace KubeSa.Analysis.Reach;

/// <summary>Acting as others. Accounts are asked for as serviceaccounts in their namespace, never as users; groups only together with somebody.</summary>
internal static class ImpersonationEdges
{
    private const string Masters = "system:masters";
    private const string Name = "Impersonate";

    internal static void Add(EdgeContext context, Holder holder)
    {
        var users = holder.May(Questions.ImpersonateUsers).Where(right => right.Names is null || right.Names.Any(name => ServiceAccountNames.Parse(name) is null)).ToList();
        var accounts = holder.May(Questions.ImpersonateAccounts).ToList();
        accounts.ForEach(right => Accounts(context, holder, right));
        users.ForEach(right => Users(context, holder, right));
        foreach (var groups in holder.May(Questions.ImpersonateGroups))
        {
            if (users.Concat(accounts).FirstOrDefault() is { } with)
            {
                Groups(context, holder, groups, with);
            }
        }
    }

    private static void Accounts(EdgeContext context, Holder holder, Right right)
    {
        var condition = $"Requests may be made as a service account {EdgeContext.In(right.Scope)}, which has its own groups then.";
        if (right.Names is null)
        {
            context.Step(holder, context.V(VertexKind.AnyName, right.Scope), Name, EdgeContext.Certain, condition, right);
            return;
        }

        foreach (var (ns, name) in Named(context, right))
        {
            context.Step(holder, context.Account(ns, name), Name, EdgeContext.Certain, $"Requests may be made as {ns}/{name}, which the rule names.", right);
        }
    }

    /// <summary>The accounts that a rule names: those that exist, and those that only bindings know, for nobody looks whether they exist.</summary>
    internal static IEnumerable<(string Namespace, string Name)> Named(EdgeContext context, Right right) =>
        from ns in right.Scope is null ? context.Facts.Namespaces : [right.Scope]
        from name in right.Names ?? [.. context.Facts.AccountsByNamespace[ns].Select(account => account.Name), .. context.Facts.MissingAccounts[ns]]
        where context.Facts.AccountsByNamespace[ns].Any(account => account.Name == name) || context.Facts.MissingAccounts[ns].Contains(name)
        select (ns, name);

    private static void Users(EdgeContext context, Holder holder, Right right)
    {
        if (right.Names is null)
        {
            context.Step(holder, context.V(VertexKind.AnyUser), Name, EdgeContext.Certain, "Requests may be made as any user that is not a service account.", right);
            return;
        }

        foreach (var name in right.Names.Where(name => ServiceAccountNames.Parse(name) is null))
        {
            context.Step(holder, context.V(VertexKind.User, null, name), Name, EdgeContext.Certain, $"Requests may be made as the user {name}.", right);
        }
    }

    private static void Groups(EdgeContext context, Holder holder, Right groups, Right with)
    {
        const string Together = "together with somebody whom it may impersonate, without whom the server refuses groups";
        if (groups.Covers(Masters))
        {
            context.Step(holder, context.V(VertexKind.Masters), Name, EdgeContext.Certain, $"The group {Masters} may be impersonated {Together}.", groups, with);
        }

        foreach (var name in (groups.Names ?? []).Where(name => name != Masters))
        {
            context.Step(holder, context.V(VertexKind.Group, null, name), Name, EdgeContext.Certain, $"The group {name} may be impersonated {Together}.", groups, with);
        }
    }
}
