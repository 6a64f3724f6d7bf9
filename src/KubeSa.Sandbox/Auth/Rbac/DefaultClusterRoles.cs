using System.Text.Json.Nodes;
using static KubeSa.Sandbox.Auth.Rbac.RbacObjects;

namespace KubeSa.Sandbox.Auth.Rbac;

/// <summary>The cluster roles of a fresh cluster that people bind, and those that everybody has.</summary>
internal static class DefaultClusterRoles
{
    private const string Read = "get list watch";
    private const string Write = "create delete deletecollection patch update";
    private const string AggregatePrefix = "rbac.authorization.k8s.io/aggregate-to-";

    public static IEnumerable<JsonObject> Of(ServerVersion serverVersion)
    {
        yield return Role("", "cluster-admin", Rule("*", "*", "*"), PathRule("*", "*"));
        yield return Aggregated("admin", null, [.. AdminRules(), .. EditRules(), .. ViewRules()]);
        yield return Aggregated("edit", "admin", [.. EditRules(), .. ViewRules()]);
        yield return Aggregated("view", "edit", [.. ViewRules()]);
        yield return Part("admin", AdminRules());
        yield return Part("edit", EditRules());
        yield return Part("view", ViewRules());
        yield return Role("", "system:auth-delegator",
            Rule("create", "authentication.k8s.io", "tokenreviews"),
            Rule("create", "authorization.k8s.io", "subjectaccessreviews"));
        yield return BasicUser(serverVersion);
        yield return Role("", "system:discovery",
            PathRule("get", "/api /api/* /apis /apis/* /healthz /livez /openapi /openapi/* /readyz /version /version/"));
        yield return Role("", "system:monitoring",
            PathRule("get", "/healthz /healthz/* /livez /livez/* /metrics /readyz /readyz/*"));
        yield return Role("", "system:public-info-viewer", PathRule("get", "/healthz /livez /readyz /version /version/"));
        yield return Role("", "system:service-account-issuer-discovery", PathRule("get", serverVersion.IsLegacy
            ? "/.well-known/openid-configuration /openid/v1/jwks"
            : "/.well-known/openid-configuration /.well-known/openid-configuration/ /openid/v1/jwks /openid/v1/jwks/"));
    }

    private static JsonObject BasicUser(ServerVersion serverVersion)
    {
        var reviews = Rule("create", "authorization.k8s.io", "selfsubjectaccessreviews selfsubjectrulesreviews");
        return serverVersion.IsLegacy
            ? Role("", "system:basic-user", reviews)
            : Role("", "system:basic-user", reviews, Rule("create", "authentication.k8s.io", "selfsubjectreviews"));
    }

    private static IEnumerable<JsonObject> AdminRules() =>
    [
        Rule("create", "authorization.k8s.io", "localsubjectaccessreviews"),
        Rule("create delete deletecollection get list patch update watch", "rbac.authorization.k8s.io", "rolebindings roles"),
    ];

    private static IEnumerable<JsonObject> EditRules() =>
    [
        Rule(Read, "core", "pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy"),
        Rule("impersonate", "core", "serviceaccounts"),
        Rule(Write, "core", "pods pods/attach pods/exec pods/portforward pods/proxy"),
        Rule("create", "core", "pods/eviction"),
        Rule(Write, "core", "configmaps events persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets "
            + "serviceaccounts services services/proxy"),
        Rule("create", "core", "serviceaccounts/token"),
        Rule(Write, "apps", "daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale "
            + "statefulsets statefulsets/scale"),
        Rule(Write, "autoscaling", "horizontalpodautoscalers"),
        Rule(Write, "batch", "cronjobs jobs"),
        Rule(Write, "policy", "poddisruptionbudgets"),
        Rule(Write, "networking.k8s.io", "ingresses networkpolicies"),
        Rule("create delete deletecollection get list patch update watch", "coordination.k8s.io", "leases"),
    ];

    private static IEnumerable<JsonObject> ViewRules() =>
    [
        Rule(Read, "core", "configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers "
            + "replicationcontrollers/scale serviceaccounts services services/status"),
        Rule(Read, "core", "bindings events limitranges namespaces/status pods/log pods/status replicationcontrollers/status "
            + "resourcequotas resourcequotas/status"),
        Rule(Read, "core", "namespaces"),
        Rule(Read, "discovery.k8s.io", "endpointslices"),
        Rule(Read, "apps", "controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status "
            + "replicasets replicasets/scale replicasets/status statefulsets statefulsets/scale statefulsets/status"),
        Rule(Read, "autoscaling", "horizontalpodautoscalers horizontalpodautoscalers/status"),
        Rule(Read, "batch", "cronjobs cronjobs/status jobs jobs/status"),
        Rule(Read, "policy", "poddisruptionbudgets poddisruptionbudgets/status"),
        Rule(Read, "networking.k8s.io", "ingresses ingresses/status networkpolicies"),
    ];

    private static JsonObject Aggregated(string name, string? into, JsonObject[] rules)
    {
        var role = Role("", name, rules);
        role["aggregationRule"] = new JsonObject
        {
            ["clusterRoleSelectors"] = new JsonArray(new JsonObject
            {
                ["matchLabels"] = new JsonObject { [AggregatePrefix + name] = "true" },
            }),
        };
        return into is null ? role : Labelled(role, into);
    }

    private static JsonObject Part(string of, IEnumerable<JsonObject> rules) =>
        Labelled(Role("", "system:aggregate-to-" + of, [.. rules]), of);

    private static JsonObject Labelled(JsonObject role, string into)
    {
        role.Child("metadata").Child("labels")[AggregatePrefix + into] = "true";
        return role;
    }
}
