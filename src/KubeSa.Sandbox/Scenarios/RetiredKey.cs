using System.Text.Json.Nodes;
using KubeSa.Sandbox.Storage;
using KubeSa.Sandbox.Tokens;
using static KubeSa.Sandbox.Auth.Rbac.RbacObjects;

namespace KubeSa.Sandbox.Scenarios;

/// <summary>
/// The story. A cluster that grew up when every account got a token Secret has replaced its signing key since. The program
/// pod-counter in kube-system runs as the default account and still mounts that account's Secret, whose token was signed by the
/// key of old: it gets 401. Every account of kube-system may list all pods (the binding pod-readers, of the group
/// system:serviceaccounts:kube-system), so a new account has that right at once; pointed at it, the deployment gets a pod with a
/// requested token, and counts 14 pods.
/// </summary>
internal sealed class RetiredKey : IScenario
{
    private const string Ns = "kube-system";
    private const string SecretName = "default-token-4x7kz";

    public string Name => "retired-key";

    public ServerVersion ServerVersion => ServerVersion.Modern;

    public TimeSpan Age => TimeSpan.Zero;

    public IReadOnlyList<ScenarioUser> Users { get; } =
    [
        new("reader", "shop", "reader"),
        new("deployer", "shop", "deployer"),
        new("anonymous", "default", null),
    ];

    public MountedDeployment? Mounted { get; } = new(Ns, "pod-counter");

    public void Populate(SandboxState state)
    {
        // Made beside the rest: it takes longer than all of it.
        var retired = Task.Run(SigningKey.Create);
        var build = new ScenarioBuilder(state);
        build.Node("node-1");
        build.Namespace("shop");
        foreach (var ns in new[] { "default", "kube-node-lease", "kube-public", "shop" })
        {
            build.Account(ns, "default");
        }

        var account = build.Account(Ns, "default", account => account["secrets"] = new JsonArray(new JsonObject { ["name"] = SecretName }));
        Shop(build);
        KubeSystem(build);
        StaleSecret(account, state, retired.GetAwaiter().GetResult());
    }

    // Seven pods, the counter among them.
    private static void KubeSystem(ScenarioBuilder build)
    {
        build.Account(Ns, "coredns");
        build.Account(Ns, "kube-proxy");
        build.Role("", "pod-reader", Rule("get list watch", "core", "pods"));
        build.Bind("", "pod-readers", "pod-reader", GroupSubject("system:serviceaccounts:" + Ns));
        build.Deployment(Ns, "coredns", "coredns", 2);
        foreach (var part in new[] { "etcd-node-1", "kube-apiserver-node-1", "kube-scheduler-node-1" })
        {
            build.Pod(Ns, part, "default");
        }

        build.Pod(Ns, "kube-proxy-node-1", "kube-proxy");
        build.Deployment(Ns, "pod-counter", "default", 1, MountOldSecret);
    }

    // The other seven.
    private static void Shop(ScenarioBuilder build)
    {
        build.Account("shop", "reader");
        build.Account("shop", "deployer");
        build.Account("shop", "checkout");
        build.Bind("shop", "view-reader", "view", Account("shop", "reader"));
        build.Bind("shop", "edit-deployer", "edit", Account("shop", "deployer"));
        build.Deployment("shop", "web", "default", 3);
        build.Deployment("shop", "checkout", "checkout", 2);
        build.Deployment("shop", "search", "default", 2);
    }

    private static void StaleSecret(StoredObject account, SandboxState state, SigningKey retired)
    {
        var secret = TokenSecrets.Empty(Ns, SecretName, account.Name, account.Uid);
        TokenSecrets.Fill(secret, account.Uid, state.Identity.Authority.Pem, () =>
            TokenIssuer.IssueLegacy(retired, Ns, SecretName, account.Name, account.Uid));
        state.Store.Create(state.Types.Get("", "secrets"), secret);
    }

    // As pods were given it before tokens were projected; a pod made today would get another.
    private static void MountOldSecret(JsonObject pod)
    {
        var spec = pod["spec"]!.AsObject();
        spec["volumes"] = new JsonArray(Admission.TokenVolumes.OfSecret(SecretName));
        spec["containers"]![0]!["volumeMounts"] = new JsonArray(new JsonObject
        {
            ["name"] = SecretName,
            ["readOnly"] = true,
            ["mountPath"] = "/var/run/secrets/kubernetes.io/serviceaccount",
        });
    }
}
