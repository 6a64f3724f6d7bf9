namespace KubeSa.Analysis.Reach;

/// <summary>Accounts that bindings name and nobody has created: whoever may create them, and get in as them, takes over what waits for them.</summary>
internal static class DanglingEdges
{
    private const string Name = "CreateAccount";

    internal static void Add(EdgeContext context, Holder holder)
    {
        foreach (var create in holder.May(Questions.CreateAccounts))
        {
            foreach (var into in holder.May(Questions.Token).Concat(PodEdges.MayCreate(holder)))
            {
                if (!create.Meets(into, out var scope))
                {
                    continue;
                }

                if (into.Names is null)
                {
                    context.Step(holder, context.V(VertexKind.MissingAccounts, scope), Name, EdgeContext.Certain, $"Accounts can be created {EdgeContext.In(scope)}, and one can get in as them.", create, into);
                    NewNamespace(context, holder, scope, create, into);
                    continue;
                }

                foreach (var missing in context.Facts.MissingAccounts.Where(group => (scope is null || group.Key == scope) && context.Facts.HasNamespace(group.Key)).SelectMany(group => group.Select(name => (Namespace: group.Key, Name: name))).Where(account => into.Covers(account.Name)))
                {
                    context.Step(holder, context.Account(missing.Namespace, missing.Name), Name, EdgeContext.Certain, $"Bindings name {missing.Namespace}/{missing.Name}, which can be created and asked for a token.", create, into);
                }
            }
        }
    }

    /// <summary>Accounts of namespaces that do not exist either.</summary>
    private static void NewNamespace(EdgeContext context, Holder holder, string? scope, Right create, Right into)
    {
        if (scope is not null)
        {
            return;
        }

        foreach (var right in holder.May(Questions.CreateNamespaces))
        {
            foreach (var missing in context.Facts.MissingAccounts.Where(group => !context.Facts.HasNamespace(group.Key)).SelectMany(group => group.Select(name => (Namespace: group.Key, Name: name))))
            {
                context.Step(holder, context.Account(missing.Namespace, missing.Name), "CreateNamespace", EdgeContext.Certain,
                    $"Bindings name {missing.Namespace}/{missing.Name}, whose namespace does not exist either; both can be created.", right, create, into);
            }
        }
    }
}
