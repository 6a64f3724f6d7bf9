namespace KubeSa.Analysis.Use;

/// <summary>A right that was used, with the name of the object or the path.</summary>
internal readonly record struct UsedRight(UseKind Kind, string Name);

/// <summary>The rights that one request needed: what its event names, and what the server checks beside it without an event of its own.</summary>
internal static class RightsOfEvent
{
    private static readonly PooledText Create = PooledText.Of("create");
    private static readonly PooledText Impersonate = PooledText.Of("impersonate");
    private static readonly PooledText Unknown = PooledText.Of("*");
    private static readonly PooledText Authentication = PooledText.Of("authentication.k8s.io");
    private static readonly string[] ByWebSocket = ["exec", "attach", "portforward"];

    internal static List<UsedRight> Of(AuditEvent found, bool isAllowed, Func<string, bool> isWanted)
    {
        var rights = new List<UsedRight>(1);
        if (found.Impersonated is { } other)
        {
            // The request was decided for the other one, so the user itself was allowed to act as that one.
            var user = PooledText.Of(other.Name);
            if (isWanted(other.Name))
            {
                AddAsked(rights, found, user, isAllowed);
            }

            if (isWanted(found.User.Text))
            {
                AddImpersonation(rights, found, other);
            }
        }
        else if (isWanted(found.User.Text))
        {
            if (found.IsImpersonationRefused && !isAllowed)
            {
                rights.Add(new UsedRight(new UseKind(found.User, Impersonate, PooledText.Empty, Unknown, PooledText.Empty, PooledText.Empty, false, false, UseOrigin.Impersonated), string.Empty));
            }
            else
            {
                AddAsked(rights, found, found.User, isAllowed);
            }
        }

        return rights;
    }

    private static void AddAsked(List<UsedRight> rights, AuditEvent found, PooledText user, bool isAllowed)
    {
        if (!found.HasObject)
        {
            rights.Add(new UsedRight(new UseKind(user, found.Verb, PooledText.Empty, PooledText.Empty, PooledText.Empty, PooledText.Empty, true, isAllowed, UseOrigin.Asked), found.Path.Text));
            return;
        }

        // An event of a create names the object that came of it; the right to create cannot depend on a name.
        var isNamed = found.Verb.Text != "create" || found.Subresource.Text.Length > 0;
        rights.Add(new UsedRight(Kind(found, user, found.Verb, isAllowed, UseOrigin.Asked), isNamed ? found.Name.Text : string.Empty));
        if (isAllowed && found.Code == 201 && found.Verb.Text is "update" or "patch")
        {
            rights.Add(new UsedRight(Kind(found, user, Create, true, UseOrigin.Created), string.Empty));
        }
        else if (isAllowed && found.Verb.Text == "get" && ByWebSocket.Contains(found.Subresource.Text))
        {
            rights.Add(new UsedRight(Kind(found, user, Create, true, UseOrigin.Upgraded), found.Name.Text));
        }
    }

    private static UseKind Kind(AuditEvent found, PooledText user, PooledText verb, bool isAllowed, UseOrigin origin) =>
        new(user, verb, found.Group, found.Resource, found.Subresource, found.Namespace, false, isAllowed, origin);

    private static void AddImpersonation(List<UsedRight> rights, AuditEvent found, ImpersonatedUser other)
    {
        var isConstrained = other.Constraint.Length > 0;
        var verb = isConstrained ? PooledText.Of(other.Constraint) : Impersonate;
        var group = isConstrained ? Authentication : PooledText.Empty;
        void Add(PooledText ofGroup, string resource, string name, string subresource = "", string ns = "") => rights.Add(new UsedRight(
            new UseKind(found.User, verb, ofGroup, PooledText.Of(resource), PooledText.Of(subresource), PooledText.Of(ns), false, true, UseOrigin.Impersonated), name));

        var account = ServiceAccountNames.Parse(other.Name);
        if (account is { } of)
        {
            Add(group, "serviceaccounts", of.Name, ns: of.Namespace);
        }
        else
        {
            Add(group, "users", other.Name);
        }

        // The groups that the server adds by itself need no right.
        string[] implied = account is var (ns, _) ? ServiceAccountNames.Groups(ns) : ["system:authenticated"];
        if (account is null || !other.Groups.Order(StringComparer.Ordinal).SequenceEqual(implied.Order(StringComparer.Ordinal)))
        {
            foreach (var name in other.Groups.Where(name => name is not ("system:authenticated" or "system:unauthenticated")))
            {
                Add(group, "groups", name);
            }
        }

        if (other.Uid.Length > 0)
        {
            Add(Authentication, "uids", other.Uid);
        }

        foreach (var (key, value) in other.Extra)
        {
            Add(Authentication, "userextras", value, key);
        }

        if (isConstrained && found.HasObject)
        {
            var mode = other.Constraint[(other.Constraint.IndexOf(':', StringComparison.Ordinal) + 1)..];
            rights.Add(new UsedRight(Kind(found, found.User, PooledText.Of($"impersonate-on:{mode}:{found.Verb.Text}"), true, UseOrigin.Impersonated), found.Name.Text));
        }
    }
}
