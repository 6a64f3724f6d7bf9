using System.Text.Json.Nodes;
using static KubeSa.Sandbox.Auth.Rbac.RbacObjects;

namespace KubeSa.Sandbox.Scenarios;

/// <summary>
/// A cluster in which much is wrong: for each thing that an audit looks for an account that has it, and beside it one that looks like it
/// and is right.
/// </summary>
internal sealed class AuditCluster : IScenario
{
    private const string Rbac = "rbac.authorization.k8s.io";
    private const string Certificates = "certificates.k8s.io";
    private const string Admission = "admissionregistration.k8s.io";

    public string Name => "audit";

    public ServerVersion ServerVersion => ServerVersion.Modern;

    public TimeSpan Age { get; } = TimeSpan.FromDays(900);

    public IReadOnlyList<ScenarioUser> Users { get; } = [new("auditor", "platform", "auditor")];

    public MountedDeployment? Mounted { get; } = new("platform", "auditor");

    public void Populate(SandboxState state)
    {
        var build = new ScenarioBuilder(state);
        build.DaysAgo(900);
        build.Node("node-1");
        build.Node("node-2");
        foreach (var ns in new[] { "default", "kube-node-lease", "kube-public", "kube-system" })
        {
            build.Account(ns, "default");
        }

        build.ConfigMap("kube-system", "coredns", new JsonObject { ["Corefile"] = ".:53 {}" });
        build.ConfigMap("kube-system", "aws-auth", new JsonObject { ["mapRoles"] = "[]" });
        build.DaysAgo(400);
        Platform(build);
        Shop(build);
        Ci(build);
        Bindings(build);
    }

    /// <summary>Powers over the whole cluster, each with an account that runs.</summary>
    private static void Platform(ScenarioBuilder build)
    {
        build.Namespace("platform", "restricted");
        build.Account("platform", "default");
        Runs(build, "platform", "auditor", "", Rule("get list watch", "core", "pods namespaces serviceaccounts"), Rule("get list watch", Rbac, "roles rolebindings clusterroles clusterrolebindings"));
        Runs(build, "platform", "installer", "", Rule("*", "*", "*"));
        Runs(build, "platform", "verbs", "", Rule("*", "apps", "deployments"));
        Runs(build, "platform", "resources", "", Rule("get list", "apps", "*"));
        Runs(build, "platform", "groups", "", Rule("get", "*", "ingresses"));
        Runs(build, "platform", "secret-sync", "", Rule("get list watch", "core", "secrets"));
        Runs(build, "platform", "token-vendor", "", Rule("create", "core", "serviceaccounts/token"));
        Runs(build, "platform", "proxy", "", Rule("impersonate", "core", "users groups"));
        Runs(build, "platform", "delegate", "", Rule("impersonate:user-info", "authentication.k8s.io", "users"), Rule("impersonate-on:user-info:list", "core", "pods"));
        Runs(build, "platform", "binder", "", Rule("bind", Rbac, "clusterroles"), Rule("create", Rbac, "clusterrolebindings"));
        Runs(build, "platform", "escalator", "", Rule("escalate patch", Rbac, "clusterroles"));
        Runs(build, "platform", "rbac-writer", "", Rule("create update", Rbac, "rolebindings"));
        Runs(build, "platform", "kubelet-reader", "", Rule("get", "core", "nodes/proxy"));
        Runs(build, "platform", "autoscaler", "", Rule("patch delete", "core", "nodes"));
        Runs(build, "platform", "approver", "", Rule("create", Certificates, "certificatesigningrequests"), Rule("update", Certificates, "certificatesigningrequests/approval"), Rule("approve", Certificates, "signers"));
        Runs(build, "platform", "signer", "", Rule("sign", Certificates, "signers"), Rule("update", Certificates, "certificatesigningrequests/status"));
        Runs(build, "platform", "injector", "", Rule("create update", Admission, "mutatingwebhookconfigurations"));
        Runs(build, "platform", "policies", "", Rule("create update", Admission, "validatingadmissionpolicies"));
        Runs(build, "platform", "aggregator", "", Rule("create", "apiregistration.k8s.io", "apiservices"));
        Runs(build, "platform", "provisioner", "", Rule("create", "core", "persistentvolumes"));
        Runs(build, "platform", "labeller", "", Rule("patch", "core", "namespaces"));
        Runs(build, "platform", "drivers", "", Rule("create", "storage.k8s.io", "csidrivers"));
        Runs(build, "platform", "inventory", "", Rule("get list", "core", "pods"));
        Runs(build, "platform", "names", "kube-system", Rule("update", "core", "configmaps"));

        // Traps: half of a pair, names where they restrict, a subresource of all.
        Runs(build, "platform", "trap-groups", "", Rule("impersonate", "core", "groups"));
        Runs(build, "platform", "trap-bind", "", Rule("bind", Rbac, "clusterroles"));
        Runs(build, "platform", "trap-escalate", "", Rule("escalate", Rbac, "clusterroles"));
        Runs(build, "platform", "trap-named", "", Rule("get", "core", "secrets", "tls"));
        Runs(build, "platform", "trap-scale", "", Rule("update", "*", "*/scale"));
        Runs(build, "platform", "trap-metrics", "", Rule("get", "core", "nodes/metrics nodes/stats"));
        Runs(build, "platform", "trap-signer", "", Rule("create", Certificates, "certificatesigningrequests"), Rule("update", Certificates, "certificatesigningrequests/approval"), Rule("approve", Certificates, "signers", "example.com/own"));
        Runs(build, "platform", "trap-webhook", "", Rule("update", Admission, "mutatingwebhookconfigurations", "own"));
    }

    /// <summary>Powers in a namespace, and how pods and tokens are set up.</summary>
    private static void Shop(ScenarioBuilder build)
    {
        build.Namespace("shop");
        build.Account("shop", "default");
        Runs(build, "shop", "owner", "shop", Rule("*", "*", "*"));
        Runs(build, "shop", "reader", "shop", Rule("get list", "core", "secrets"));
        Runs(build, "shop", "writer", "shop", Rule("create get", "core", "secrets"));
        Runs(build, "shop", "deployer", "shop", Rule("create patch", "apps", "deployments"));
        Runs(build, "shop", "debugger", "shop", Rule("create", "core", "pods/exec"), Rule("patch", "core", "pods/ephemeralcontainers"));
        Runs(build, "shop", "dead", "shop", Rule("get", "core", "nodes"));
        build.Account("shop", "cloud", account => account["metadata"]!["annotations"] = new JsonObject { ["eks.amazonaws.com/role-arn"] = "arn:aws:iam::123456789012:role/shop" });
        build.Account("shop", "idle");
        build.Deployment("shop", "idle", "idle", 1);
        build.Account("shop", "unused");
        build.Deployment("shop", "web", "default", 2);
        build.Bind("shop", "default-view", "view", Account("shop", "default"));
        build.Account("shop", "batch");
        build.Role("", "batch", Rule("get", "core", "secrets"));
        build.Bind("", "batch", "batch", Account("shop", "batch"));
        build.Deployment("shop", "batch", "batch", 1);
        Nightly(build, "shop", "batch-nightly", "batch", null, 3600);
        Nightly(build, "shop", "batch-weekly", "batch", "vault", 7 * 24 * 3600);
        build.Account("shop", "trap-quiet", account => account["automountServiceAccountToken"] = false);
        build.Deployment("shop", "trap-quiet", "trap-quiet", 1);
        Nightly(build, "shop", "trap-nightly", "trap-quiet", "vault", 3600);
    }

    private static void Ci(ScenarioBuilder build)
    {
        build.Namespace("ci", "baseline");
        build.Account("ci", "default", account => account["automountServiceAccountToken"] = false);
        build.Account("ci", "robot");
        build.Bind("", "ci-robot", "cluster-admin", Account("ci", "robot"));
        build.TokenSecret("ci", "robot-token", "robot", lastUsed: 1);
        build.Account("ci", "creator");
        build.Role("ci", "creator", Rule("create", "core", "serviceaccounts"));
        build.Bind("ci", "creator", "creator", Account("ci", "creator"), "Role");
    }

    /// <summary>Bindings that give to many, to nobody or to what is not there.</summary>
    private static void Bindings(ScenarioBuilder build)
    {
        build.Role("", "everybody", Rule("get", "core", "configmaps"));
        build.Bind("", "everybody", "everybody", GroupSubject("system:serviceaccounts:ci"));
        build.Bind("", "anybody", "everybody", UserSubject("system:anonymous"));
        build.Bind("", "masters", "view", GroupSubject("system:masters"));
        build.Bind("", "ghost", "cluster-admin", Account("ci", "ghost"));
        build.Bind("shop", "no-such-role", "no-such-role", Account("shop", "reader"), "Role");
        build.Bind("shop", "of-ci", "view", Account("ci", "creator"));
    }

    /// <summary>An account with a Deployment of its own and a role; in a namespace, or in the whole cluster where that is empty.</summary>
    private static void Runs(ScenarioBuilder build, string ns, string name, string scope, params JsonObject[] rules)
    {
        build.Account(ns, name);
        build.Deployment(ns, name, name, 1);
        build.Role(scope, name, rules);
        build.Bind(scope, name, name, Account(ns, name), scope.Length == 0 ? "ClusterRole" : "Role");
    }

    /// <summary>A CronJob with a token of its own for another service; for the API server where it names none.</summary>
    private static void Nightly(ScenarioBuilder build, string ns, string name, string account, string? audience, int seconds)
    {
        var token = new JsonObject { ["path"] = "token", ["expirationSeconds"] = seconds };
        if (audience is not null)
        {
            token["audience"] = audience;
        }

        var pod = PodTemplate.Spec(name, account);
        pod["restartPolicy"] = "Never";
        pod["volumes"] = new JsonArray(new JsonObject
        {
            ["name"] = "vault",
            ["projected"] = new JsonObject { ["defaultMode"] = 420, ["sources"] = new JsonArray(new JsonObject { ["serviceAccountToken"] = token }) },
        });
        build.Put("batch", "cronjobs", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns },
            ["spec"] = new JsonObject
            {
                ["schedule"] = "0 3 * * *",
                ["concurrencyPolicy"] = "Forbid",
                ["suspend"] = false,
                ["jobTemplate"] = new JsonObject { ["spec"] = new JsonObject { ["template"] = new JsonObject { ["metadata"] = new JsonObject(), ["spec"] = pod } } },
            },
            ["status"] = new JsonObject(),
        });
    }
}
