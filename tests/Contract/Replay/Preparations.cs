using KubeSa.Sandbox.Faults;

namespace KubeSa.Contract.Replay;

/// <summary>
/// What the recording client did and did not record: the objects that were there before, and the changes made while it watched.
/// By the place of the recording they come before.
/// </summary>
internal static partial class Preparations
{
    private const string Accounts = "/api/v1/namespaces/team-a/serviceaccounts";
    private const string Watched = "/api/v1/namespaces/team-w/serviceaccounts";

    /// <summary>What is done before a recording is replayed.</summary>
    public static IReadOnlyDictionary<string, Func<ReplayStage, Task>> Before { get; } = new Dictionary<string, Func<ReplayStage, Task>>
    {
        ["01-01"] = SeedAsync,
        ["04-33"] = async stage =>
        {
            if (stage.Server.State.ServerVersion.IsLegacy)
            {
                // Here the list was begun a moment ago; on 1.36 much has happened since.
                await stage.CreateAsync("/api/v1/namespaces/team-b/configmaps", """{"metadata":{"name":"passing"}}""");
                await stage.DeleteAsync("/api/v1/namespaces/team-b/configmaps/passing");
            }

            stage.Store.Compact();
        },
        ["07-01"] = stage => stage.CreateAsync(Accounts, """{"metadata":{"name":"patched","labels":{"app":"old"}},"imagePullSecrets":[{"name":"one"}]}"""),
        ["08-01"] = async stage =>
        {
            foreach (var name in new[] { "del-1", "del-2", "del-3" })
            {
                await stage.CreateAsync(Accounts, """{"metadata":{"name":"NAME"}}""".Replace("NAME", name, StringComparison.Ordinal));
            }

            await stage.CreateAsync(Accounts, """{"metadata":{"name":"del-4","labels":{"batch":"x"}}}""");
            await stage.CreateAsync(Accounts, """{"metadata":{"name":"del-5","labels":{"batch":"x"}}}""");
        },
        ["08-10"] = stage => stage.CreateAsync(Accounts, """{"metadata":{"name":"held","finalizers":["example.com/hold"]}}"""),
        ["16-01"] = async stage =>
        {
            await stage.CreateAsync("/api/v1/namespaces", """{"metadata":{"name":"team-w"}}""");
            await stage.AdvanceAsync(0.2);
            await stage.CreateAsync(Watched, """{"metadata":{"name":"watched","labels":{"app":"w"}}}""");
        },
        ["16-04"] = stage =>
        {
            stage.Store.Compact();
            return Task.CompletedTask;
        },
        ["19-12"] = stage => stage.CreateAsync("/api/v1/namespaces/team-c/serviceaccounts", """{"metadata":{"name":"held","finalizers":["example.com/hold"]}}"""),
        ["19-17"] = stage => stage.CreateAsync(Accounts, KubectlApplied),
        ["22-01"] = stage => stage.FailAsync(FaultNames.TooManyRequests),
        ["22-02"] = stage => stage.FailAsync(null),
        ["22-04"] = stage => stage.FailAsync(FaultNames.StoreDown),
        ["22-10"] = stage => stage.FailAsync(null),
        ["27-02"] = async stage =>
        {
            await stage.CreateAsync("/api/v1/namespaces", """{"metadata":{"name":"rec-rbac"}}""");
            await stage.CreateAsync(
                "/apis/rbac.authorization.k8s.io/v1/namespaces/rec-rbac/roles",
                """{"metadata":{"name":"read"},"rules":[{"apiGroups":[""],"resources":["configmaps"],"verbs":["get","list"]}]}""");
        },
        ["19-15"] = stage => stage.PatchAsync("/api/v1/namespaces/team-c/serviceaccounts/held", """{"metadata":{"finalizers":null}}"""),
    };

    /// <summary>What is done while a watch is open, one after the other, each seen by the watch before the next.</summary>
    public static IReadOnlyDictionary<string, Func<ReplayStage, Task>> During { get; } = new Dictionary<string, Func<ReplayStage, Task>>
    {
        ["16-01"] = async stage =>
        {
            await stage.CreateAsync(Watched, """{"metadata":{"name":"comer"}}""");
            await stage.AdvanceAsync(0.2);
            await stage.PatchAsync($"{Watched}/comer", """{"metadata":{"labels":{"a":"b"}}}""");
            await stage.DeleteAsync($"{Watched}/comer");
        },
        ["16-05"] = stage => stage.PatchAsync($"{Watched}/watched", """{"metadata":{"annotations":{"n":"1"}}}"""),
        ["16-06"] = async stage =>
        {
            await stage.PatchAsync($"{Watched}/watched", """{"metadata":{"labels":{"app":"other"}}}""");
            await stage.PatchAsync($"{Watched}/watched", """{"metadata":{"labels":{"app":"w"}}}""");
        },
        ["16-15"] = stage => stage.CreateAsync("/api/v1/namespaces/team-w/secrets",
            """{"metadata":{"name":"watched-token","annotations":{"kubernetes.io/service-account.name":"watched"}},"type":"kubernetes.io/service-account-token"}"""),
    };

    // What kubectl left behind in subject 21.
    private const string KubectlApplied = """
        {"metadata":{"name":"kubectl-applied","labels":{"app":"one"},"annotations":{"kubectl.kubernetes.io/last-applied-configuration":
        "{\"apiVersion\":\"v1\",\"kind\":\"ServiceAccount\",\"metadata\":{\"annotations\":{},\"labels\":{\"app\":\"one\"},\"name\":\"kubectl-applied\",\"namespace\":\"team-a\"}}\n"}}}
        """;

    private static async Task SeedAsync(ReplayStage stage)
    {
        await stage.CreateAsync("/api/v1/namespaces", """{"metadata":{"name":"team-a"}}""");
        await stage.AdvanceAsync(0.2);
        await stage.CreateAsync("/api/v1/namespaces", """{"metadata":{"name":"team-b"}}""");
        await stage.AdvanceAsync(0.2);
        foreach (var account in new[]
        {
            """{"metadata":{"name":"builder","labels":{"app":"ci","tier":"build"}}}""",
            """{"metadata":{"name":"deployer","labels":{"app":"ci","tier":"deploy"}}}""",
            """{"metadata":{"name":"reader","labels":{"app":"web"}}}""",
            """{"metadata":{"name":"no-labels"}}""",
            """{"metadata":{"name":"puller"},"imagePullSecrets":[{"name":"registry-login"}]}""",
            """{"metadata":{"name":"no-automount"},"automountServiceAccountToken":false}""",
        })
        {
            await stage.CreateAsync(Accounts, account);
            await stage.AdvanceAsync(0.2);
        }

        // On 1.20 the account that was made first got its token last.
        string[] others = ["""{"metadata":{"name":"builder","labels":{"app":"ci"}}}""", """{"metadata":{"name":"viewer"}}"""];
        foreach (var account in stage.Server.State.ServerVersion.IsLegacy ? others.Reverse() : others)
        {
            await stage.CreateAsync("/api/v1/namespaces/team-b/serviceaccounts", account);
            await stage.AdvanceAsync(0.2);
        }

        await SeedRolesAsync(stage);
        await stage.CreateAsync("/api/v1/namespaces/team-a/configmaps", """{"metadata":{"name":"settings"},"data":{"colour":"blue"}}""");
    }

    private static async Task SeedRolesAsync(ReplayStage stage)
    {
        const string Roles = "/apis/rbac.authorization.k8s.io/v1/namespaces/team-a/roles";
        const string Bindings = "/apis/rbac.authorization.k8s.io/v1/namespaces/team-a/rolebindings";
        await stage.CreateAsync(Roles, """
            {"metadata":{"name":"pod-reader"},"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get","list","watch"]},
            {"apiGroups":[""],"resources":["configmaps"],"resourceNames":["settings"],"verbs":["get"]}]}
            """);
        await stage.CreateAsync(Bindings, """
            {"metadata":{"name":"pod-reader-builder"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"pod-reader"},
            "subjects":[{"kind":"ServiceAccount","name":"builder","namespace":"team-a"},{"kind":"ServiceAccount","name":"default","namespace":"team-a"}]}
            """);
        await stage.CreateAsync(Roles, """
            {"metadata":{"name":"role-manager"},"rules":[{"apiGroups":["rbac.authorization.k8s.io"],"resources":["roles","rolebindings"],
            "verbs":["get","list","create","update","patch","delete"]},
            {"apiGroups":[""],"resources":["serviceaccounts"],"verbs":["get","list","create"]}]}
            """);
        await stage.CreateAsync(Bindings, """
            {"metadata":{"name":"role-manager-deployer"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"role-manager"},
            "subjects":[{"kind":"ServiceAccount","name":"deployer","namespace":"team-a"}]}
            """);
        await stage.CreateAsync(Roles, """
            {"metadata":{"name":"builder-impersonator"},"rules":[{"apiGroups":[""],"resources":["serviceaccounts"],"resourceNames":["builder"],"verbs":["impersonate"]}]}
            """);
        await stage.CreateAsync(Bindings, """
            {"metadata":{"name":"builder-impersonator"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"builder-impersonator"},
            "subjects":[{"kind":"ServiceAccount","name":"no-automount","namespace":"team-a"}]}
            """);
    }
}
