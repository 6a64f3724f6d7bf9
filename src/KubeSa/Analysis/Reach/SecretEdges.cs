using System.Text.RegularExpressions;
using KubeSa.Analysis.Snapshot;

namespace KubeSa.Analysis.Reach;

/// <summary>Secrets that one reads, and tokens that lie in them or are put into them.</summary>
internal static partial class SecretEdges
{
    private const string ControlNamespace = "kube-system";

    internal static void Add(EdgeContext context, Holder holder)
    {
        Read(context, holder);
        Create(context, holder);
        foreach (var right in holder.May(Questions.CreateSecrets).Where(right => right.Scope is null or ControlNamespace))
        {
            if (BootstrapApproved(context))
            {
                context.Step(holder, context.V(VertexKind.AnyNode), "BootstrapToken", EdgeContext.Likely,
                    "A Secret of the type bootstrap.kubernetes.io/token in kube-system lets one in as a member of system:bootstrappers, whose requests for certificates of nodes are approved by themselves.", right);
            }
        }
    }

    /// <summary>The accounts whose tokens lie in the Secrets of a namespace.</summary>
    internal static void FromSecrets(EdgeContext context, string ns, Vertex secrets)
    {
        foreach (var secret in context.Facts.TokenSecrets[ns])
        {
            context.Graph.Follows(secrets, context.Account(ns, secret.Account!), condition: $"Secret {secret} holds a token of {ns}/{secret.Account} that does not expire.");
        }

        if (context.Snapshot.WasRead(SnapshotParts.Secrets, ns))
        {
            return;
        }

        foreach (var account in context.Facts.AccountsByNamespace[ns])
        {
            context.Graph.Follows(secrets, context.Account(ns, account.Name), EdgeContext.Possible, account.Secrets.Count > 0
                ? $"{account} lists Secret {account.Secrets[0]}; whether it holds a token could not be read."
                : $"Which Secrets are in namespace {ns} could not be read; one may hold a token of {account}.");
        }
    }

    private static void Read(EdgeContext context, Holder holder)
    {
        foreach (var right in holder.May(Questions.ReadSecrets))
        {
            if (right.Names is null)
            {
                context.Step(holder, context.V(VertexKind.Secrets, right.Scope), "ListSecrets", EdgeContext.Certain, $"list and watch show the data of all Secrets {EdgeContext.In(right.Scope)}.", right);
            }
            else
            {
                Named(context, holder, right, "Whoever lists with a selector of the name may see that Secret.");
            }
        }

        foreach (var right in holder.May(Questions.GetSecrets))
        {
            if (right.Names is not null)
            {
                Named(context, holder, right, "The rule names the Secret.");
                continue;
            }

            var known = (right.Scope is null ? context.Facts.TokenSecrets.SelectMany(secrets => secrets) : context.Facts.TokenSecrets[right.Scope]).Any(secret => !MadeByController().IsMatch(secret.Name));
            context.Step(holder, context.V(VertexKind.Secrets, right.Scope), "GetSecrets", known ? EdgeContext.Likely : EdgeContext.Possible,
                $"get shows any Secret {EdgeContext.In(right.Scope)} whose name is known. {(known ? "A token Secret there has a name that somebody gave it." : "The names that servers give to token Secrets end in five letters of chance.")}", right);
        }
    }

    private static void Named(EdgeContext context, Holder holder, Right right, string condition)
    {
        var secrets = right.Scope is null ? context.Facts.TokenSecrets.SelectMany(secrets => secrets) : context.Facts.TokenSecrets[right.Scope];
        foreach (var secret in secrets.Where(secret => right.Covers(secret.Name)))
        {
            context.Step(holder, context.Account(secret.Namespace, secret.Account!), "GetSecrets", EdgeContext.Certain, $"{condition} Secret {secret} holds a token of {secret.Namespace}/{secret.Account}.", right);
        }

        foreach (var account in context.Snapshot.Accounts.Where(account =>
            (right.Scope is null || account.Namespace == right.Scope) && !context.Snapshot.WasRead(SnapshotParts.Secrets, account.Namespace) && account.Secrets.Any(right.Covers)))
        {
            context.Step(holder, context.Account(account.Namespace, account.Name), "GetSecrets", EdgeContext.Possible, $"{condition} {account} lists it; whether it holds a token could not be read.", right);
        }
    }

    /// <summary>The server's controller puts a token of the account into a Secret that names it, which then can be read.</summary>
    private static void Create(EdgeContext context, Holder holder)
    {
        var readers = holder.May([Questions.GetSecrets, .. Questions.ReadSecrets]).Where(right => right.Names is null || right.Names.Any(name => IsFree(context, right.Scope, name))).ToList();
        foreach (var reader in readers)
        {
            context.Graph.Step(holder.Vertex, context.V(VertexKind.Half, reader.Scope, "read"), "ReadSecrets", EdgeContext.Certain, "It may read Secrets.", reader.Held);
        }

        foreach (var create in holder.May(Questions.CreateSecrets))
        {
            context.Graph.Step(holder.Vertex, context.V(VertexKind.Half, create.Scope, "create"), "CreateSecrets", EdgeContext.Certain, "It may create Secrets.", create.Held);
            foreach (var reader in readers)
            {
                if (create.Meets(reader, out var scope))
                {
                    context.Step(holder, context.V(VertexKind.AnyAccount, scope), "CreateTokenSecret", EdgeContext.Certain,
                        $"The server fills a new Secret of the type {SnapshotSecret.TokenType} {EdgeContext.In(scope)} with a token of the account that it names, and the Secret can be read.", create, reader);
                }
            }
        }
    }

    // A new Secret needs a name that no other has.
    private static bool IsFree(EdgeContext context, string? scope, string name) =>
        scope is null || !context.Snapshot.Secrets.Any(secret => secret.Namespace == scope && secret.Name == name);

    /// <summary>Whether members of a group of bootstrap tokens get certificates of nodes without anybody's approval.</summary>
    private static bool BootstrapApproved(EdgeContext context) =>
        context.Snapshot.Bindings.Where(binding => binding.Namespace is null)
            .Any(binding => binding.Subjects.Any(subject => subject.Kind == "Group" && subject.Name.StartsWith("system:bootstrappers", StringComparison.Ordinal))
                && context.Policy.RoleOf(binding)?.Rules.Any(rule => context.Answers.Matches(rule, Questions.NodeClient)) == true);

    [GeneratedRegex("-token-[a-z0-9]{5}$")]
    private static partial Regex MadeByController();
}
