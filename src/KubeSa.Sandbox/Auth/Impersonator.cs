using System.Collections.Concurrent;
using KubeSa.Sandbox.Audit;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Auth;

/// <summary>The Impersonate-* headers. 1.36 tries the constrained modes before the one of old.</summary>
internal sealed class Impersonator(IAuthorizer authorizer, ServerVersion serverVersion) : IImpersonation
{
    private readonly IReadOnlyList<ImpersonationMode> _modes = ImpersonationMode.All(authorizer, serverVersion);

    // The mode that worked last for an asker is tried first, so its refusal is the one that is told.
    private readonly ConcurrentDictionary<string, ImpersonationMode> _lastOf = new();

    public UserInfo Impersonate(HttpContext context, UserInfo asker)
    {
        try
        {
            var wanted = ImpersonationRequest.Read(context.Request, serverVersion);
            return wanted is null ? asker : Impersonate(asker, wanted, AccessAttributes.Of(RequestInfo.Of(context.Request)), AuditRecord.Of(context));
        }
        catch (ApiError)
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            throw;
        }
    }

    private UserInfo Impersonate(UserInfo asker, UserInfo wanted, AccessAttributes asked, AuditRecord? record)
    {
        ApiError? first = null;
        var last = _lastOf.GetValueOrDefault(asker.Name);
        foreach (var mode in _modes.OrderBy(mode => mode == last ? 0 : 1).Where(mode => mode.Applies(wanted)))
        {
            try
            {
                mode.Check(asker, wanted, asked);
                _lastOf[asker.Name] = mode;
                if (record is not null)
                {
                    record.Constraint = mode.Constraint;
                }

                return WithImpliedGroups(wanted);
            }
            catch (ApiError refusal)
            {
                first ??= refusal;
            }
        }

        throw first!;
    }

    private static UserInfo WithImpliedGroups(UserInfo wanted)
    {
        IReadOnlyList<string> groups = wanted.Groups.Count == 0 && ServiceAccountUser.TryParse(wanted.Name, out var ns, out _)
            ? ServiceAccountUser.Groups(ns)
            : wanted.Groups;
        var implied = wanted.Name == WellKnownUsers.AnonymousName || groups.Contains(WellKnownUsers.UnauthenticatedGroup)
            ? WellKnownUsers.UnauthenticatedGroup
            : WellKnownUsers.AuthenticatedGroup;
        return wanted with { Groups = groups.Contains(implied) ? groups : [.. groups, implied] };
    }
}
