namespace KubeSa.Analysis.Reach;

/// <summary>Tokens that one asks for.</summary>
internal static class TokenEdges
{
    internal static void Add(EdgeContext context, Holder holder)
    {
        foreach (var right in holder.May(Questions.Token))
        {
            if (right.Names is null)
            {
                context.Step(holder, context.V(VertexKind.AnyAccount, right.Scope), "TokenRequest", EdgeContext.Certain, $"Tokens can be asked for, of any account that exists {EdgeContext.In(right.Scope)}.", right);
                continue;
            }

            foreach (var account in (right.Scope is null ? context.Snapshot.Accounts : context.Facts.AccountsByNamespace[right.Scope]).Where(account => right.Covers(account.Name)))
            {
                context.Step(holder, context.Account(account.Namespace, account.Name), "TokenRequest", EdgeContext.Certain, $"Tokens can be asked for, of {account}, which the rule names and which exists.", right);
            }
        }
    }
}
