using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Auth;

/// <summary>
/// One way to be allowed to act as another. The constrained ones (1.35 and later) ask for two rights: to do this on somebody's
/// behalf, and to act as that one; the one of old asks for the latter alone.
/// </summary>
internal sealed class ImpersonationMode
{
    private const string AuthenticationGroup = "authentication.k8s.io";
    private const string NodePrefix = "system:node:";

    private readonly IAuthorizer _authorizer;
    private readonly string _name;
    private readonly Func<UserInfo, bool> _applies;

    private ImpersonationMode(IAuthorizer authorizer, string name, Func<UserInfo, bool> applies)
    {
        _authorizer = authorizer;
        _name = name;
        _applies = applies;
    }

    /// <summary>What the audit log says of the mode; null for the one of old.</summary>
    public string? Constraint => IsConstrained ? Verb : null;

    private bool IsConstrained => _name.Length > 0;

    private string Verb => IsConstrained ? "impersonate:" + _name : "impersonate";

    /// <summary>In the order they are tried.</summary>
    public static IReadOnlyList<ImpersonationMode> All(IAuthorizer authorizer, ServerVersion serverVersion)
    {
        var ofOld = new ImpersonationMode(authorizer, "", _ => true);
        return serverVersion.IsLegacy
            ? [ofOld]
            :
            [
                new ImpersonationMode(authorizer, "arbitrary-node", user => HasNameAlone(user) && IsNode(user)),
                new ImpersonationMode(authorizer, "serviceaccount", user => HasNameAlone(user) && IsServiceAccount(user)),
                new ImpersonationMode(authorizer, "user-info", user => !IsNode(user) && !IsServiceAccount(user)),
                ofOld,
            ];
    }

    public bool Applies(UserInfo wanted) => _applies(wanted);

    /// <summary>Throws <see cref="ApiError"/> Forbidden for the first right that is missing.</summary>
    public void Check(UserInfo asker, UserInfo wanted, AccessAttributes asked)
    {
        if (IsConstrained)
        {
            Require(asker, asked with { Verb = $"impersonate-on:{_name}:{asked.Verb}" });
        }

        Require(asker, NameOf(wanted));
        if (wanted.Uid.Length > 0)
        {
            Require(asker, Right(AuthenticationGroup, "uids", wanted.Uid));
        }

        foreach (var group in wanted.Groups)
        {
            RequireGroup(asker, group);
        }

        foreach (var (key, values) in wanted.Extra)
        {
            foreach (var value in values)
            {
                Require(asker, Right(AuthenticationGroup, "userextras", value) with { Subresource = key });
            }
        }
    }

    private static bool HasNameAlone(UserInfo user) => user.Uid.Length == 0 && user.Groups.Count == 0 && user.Extra.Count == 0;

    private static bool IsNode(UserInfo user) => user.Name.StartsWith(NodePrefix, StringComparison.Ordinal);

    private static bool IsServiceAccount(UserInfo user) => ServiceAccountUser.TryParse(user.Name, out _, out _);

    private AccessAttributes NameOf(UserInfo wanted)
    {
        var group = IsConstrained ? AuthenticationGroup : "";
        if (ServiceAccountUser.TryParse(wanted.Name, out var ns, out var name))
        {
            return Right(group, "serviceaccounts", name) with { Namespace = ns };
        }

        return IsConstrained && IsNode(wanted)
            ? Right(group, "nodes", wanted.Name[NodePrefix.Length..])
            : Right(group, "users", wanted.Name);
    }

    private void RequireGroup(UserInfo asker, string group)
    {
        var right = Right(IsConstrained ? AuthenticationGroup : "", "groups", group);
        if (IsConstrained && group is ("" or UserInfo.Masters))
        {
            var which = group.Length == 0 ? "empty string" : group;
            throw ApiError.Forbidden(asker, right, $"impersonating the {which} group is not allowed");
        }

        Require(asker, right);
    }

    private AccessAttributes Right(string group, string resource, string name) =>
        new() { Verb = Verb, IsResource = true, Group = group, Version = "v1", Resource = resource, Name = name };

    private void Require(UserInfo asker, AccessAttributes right)
    {
        var decision = _authorizer.Authorize(asker, right);
        if (!decision.IsAllowed)
        {
            throw ApiError.Forbidden(asker, right, decision.Reason);
        }
    }
}
