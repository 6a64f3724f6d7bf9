using KubeSa.Contract.Replay;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Contract.Kubectl;

/// <summary>Brings a bare sandbox to the state the recorded servers were in when kubectl came.</summary>
internal static class RecordedCluster
{
    private const string TeamA = "/api/v1/namespaces/team-a";

    public static async Task PrepareAsync(ReplayStage stage, IReadOnlyList<Recording> recordings)
    {
        await Preparations.Before["01-01"](stage);
        await stage.CreateAsync($"{TeamA}/serviceaccounts", """
            {"metadata":{"name":"full","labels":{"app.kubernetes.io/name":"full","tier":"back"},
            "annotations":{"description":"Zugang für Überwachung ✓","example.com/owner":"team a"}},
            "imagePullSecrets":[{"name":"registry-login"},{"name":"second-login"}],"secrets":[{"name":"some-secret"}]}
            """);
        await stage.ApplyAsync($"{TeamA}/serviceaccounts/applied?fieldManager=second", """
            {"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"applied","labels":{"app":"three"}}}
            """);
        await stage.CreateAsync("/apis/rbac.authorization.k8s.io/v1/namespaces/team-a/roles", """
            {"metadata":{"name":"secret-reader"},"rules":[{"apiGroups":[""],"resources":["secrets"],"verbs":["get","list"]}]}
            """);
        await stage.CreateAsync("/apis/rbac.authorization.k8s.io/v1/namespaces/team-a/rolebindings", """
            {"metadata":{"name":"secret-reader"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"secret-reader"},
            "subjects":[{"kind":"ServiceAccount","name":"builder","namespace":"team-a"}]}
            """);
        await CreateListedAsync(stage, recordings.Single(r => r.Place == "21-01"));
        // On 1.20 a Pod needs the token Secret of its account, and those come at the pace of the controller.
        await stage.AdvanceAsync(60);
        await stage.CreateAsync($"{TeamA}/secrets", """
            {"metadata":{"name":"verify-token","annotations":{"kubernetes.io/service-account.name":"builder"}},"type":"kubernetes.io/service-account-token"}
            """);
        await stage.CreateAsync($"{TeamA}/pods", """
            {"metadata":{"name":"app-pod"},"spec":{"serviceAccountName":"app","containers":[{"name":"main","image":"example.com/app:1"}]}}
            """);
        await stage.CreateAsync("/apis/apps/v1/namespaces/team-a/deployments", """
            {"metadata":{"name":"web"},"spec":{"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},
            "spec":{"containers":[{"name":"main","image":"example.com/web:1"}]}}}}
            """);
        await stage.SettleAsync();
    }

    // The accounts that the exchanges before had left behind.
    private static async Task CreateListedAsync(ReplayStage stage, Recording list)
    {
        foreach (var row in ((string)list.Content["stdout"]!).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var (ns, name) = row.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var first, var second, ..] ? (first, second) : ("", "");
            if (Find(stage, "namespaces", "", ns) is null)
            {
                await stage.CreateAsync("/api/v1/namespaces", $$$"""{"metadata":{"name":"{{{ns}}}"}}""");
                await stage.SettleAsync();
            }

            if (Find(stage, "serviceaccounts", ns, name) is null)
            {
                await stage.CreateAsync($"/api/v1/namespaces/{ns}/serviceaccounts", $$$"""{"metadata":{"name":"{{{name}}}"}}""");
            }
        }
    }

    private static StoredObject? Find(ReplayStage stage, string resource, string ns, string name) =>
        stage.Store.TryGet(stage.Server.State.Types.Get("", resource), ns, name);
}
