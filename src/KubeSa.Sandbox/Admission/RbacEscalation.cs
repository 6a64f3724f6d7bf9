using System.Text.Json.Nodes;
using KubeSa.Sandbox.Auth;
using KubeSa.Sandbox.Auth.Rbac;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Admission;

/// <summary>Nobody may give away rights they do not hold, unless they may escalate or bind.</summary>
internal sealed class RbacEscalation(RuleResolver resolver, IAuthorizer authorizer, ServerVersion serverVersion) : IAdmission
{
    private const string Group = "rbac.authorization.k8s.io";

    public JsonObject Admit(RequestInfo info, UserInfo user, JsonObject obj, JsonObject? old)
    {
        if (info.Group != Group || info.Verb is not ("create" or "update" or "patch") || user.Groups.Contains(UserInfo.Masters))
        {
            return obj;
        }

        if (info.Resource is "roles" or "clusterroles")
        {
            CheckRole(info, user, obj, old);
        }
        else if (info.Resource is "rolebindings" or "clusterrolebindings")
        {
            CheckBinding(info, user, obj, old);
        }

        return obj;
    }

    private void CheckRole(RequestInfo info, UserInfo user, JsonObject role, JsonObject? old)
    {
        var unchanged = old is not null && JsonNode.DeepEquals(role["rules"], old["rules"]);
        if (!unchanged && !May(user, info, "escalate", info.Resource, info.Name))
        {
            Confirm(info, user, NameOf(role), RuleResolver.ParseRules(role["rules"]));
        }
    }

    private void CheckBinding(RequestInfo info, UserInfo user, JsonObject binding, JsonObject? old)
    {
        var (kind, role) = (binding.Text("roleRef", "kind") ?? "", binding.Text("roleRef", "name") ?? "");
        var resource = kind == "ClusterRole" ? "clusterroles" : "roles";
        var unchanged = old is not null
            && JsonNode.DeepEquals(binding["roleRef"], old["roleRef"])
            && JsonNode.DeepEquals(binding["subjects"], old["subjects"]);
        if (unchanged || May(user, info, "bind", resource, role))
        {
            return;
        }

        Confirm(info, user, NameOf(binding), resolver.RulesOfRole(kind, info.Namespace, role) ?? throw NoSuchRole(info, resource, role));
    }

    private static string NameOf(JsonObject obj) => obj.Text("metadata", "name") ?? "";

    private bool May(UserInfo user, RequestInfo info, string verb, string resource, string name) => authorizer.Authorize(user, new AccessAttributes
    {
        Verb = verb,
        IsResource = true,
        Group = Group,
        Version = "v1",
        Resource = resource,
        Namespace = info.Namespace,
        Name = name,
    }).IsAllowed;

    private void Confirm(RequestInfo info, UserInfo user, string name, RbacRule[] wanted)
    {
        var grants = resolver.GrantsOf(user, info.Namespace).ToArray();
        var missing = RuleCoverage.Missing([.. grants.Where(grant => grant.Rule is not null).Select(grant => grant.Rule!)], wanted);
        if (missing.Count == 0)
        {
            return;
        }

        var errors = grants.Where(grant => grant.Error is not null).Select(grant => grant.Error!).ToArray();
        var resolution = errors.Length == 0 ? "" : $"; resolution errors: [{RbacAuthorizer.Aggregate(errors)}]";
        throw ApiError.Forbidden(info.Group, info.Resource, name,
            $"user {GoFormat.Quote(user.Name)} (groups={GoFormat.Quote(user.Groups)}) is attempting to grant RBAC permissions not currently held:\n"
            + string.Join('\n', missing) + resolution);
    }

    // The two versions differ in whose resource they name: that of the request, or that of the role.
    private ApiError NoSuchRole(RequestInfo info, string roleResource, string role)
    {
        var resource = serverVersion.IsLegacy ? roleResource : info.Resource;
        return new ApiError(404, "NotFound", $"{resource}.{Group} \"{role}\" not found",
            new JsonObject { ["name"] = role, ["group"] = Group, ["kind"] = resource });
    }
}
