using System.Text.Json.Nodes;
using KubeSa.Sandbox.Tokens;
using Xunit;

namespace KubeSa.Contract.Replay.Identity;

/// <summary>What the recording client did unrecorded in the subjects about tokens, accounts and keys.</summary>
internal static class IdentityPreparations
{
    private const string TeamA = "/api/v1/namespaces/team-a";

    // Longer than the server remembers a token that was good.
    private const double Forgotten = 11;

    public static IReadOnlyDictionary<string, Func<ReplayStage, Task>> Before { get; } = new Dictionary<string, Func<ReplayStage, Task>>
    {
        ["09-01"] = async stage =>
        {
            await AccountAsync(stage, "app");
            await stage.CreateAsync("/api/v1/nodes", """{"metadata":{"name":"node-1"}}""");
            await PodAsync(stage, "app-pod", "app");
            await PodAsync(stage, "other-pod", "builder");
            await PodAsync(stage, "placed-pod", "app", "node-1");
            await stage.CreateAsync($"{TeamA}/secrets", """{"metadata":{"name":"anchor"},"type":"Opaque"}""");
        },
        ["10-02"] = stage => AccountAsync(stage, "legacy"),
        ["10-15"] = async stage =>
        {
            await stage.PatchAsync($"{TeamA}/secrets/manual-token", """{"metadata":{"labels":{"kubernetes.io/legacy-token-invalid-since":"2026-11-23"}}}""");
            await stage.AdvanceAsync(Forgotten);
        },
        ["10-16"] = async stage =>
        {
            // Where accounts get Secrets by themselves, this one gets its own too: the one it names is not there yet.
            await stage.CreateAsync($"{TeamA}/serviceaccounts", """{"metadata":{"name":"legacy2"},"secrets":[{"name":"legacy2-token"}]}""");
            await stage.AdvanceAsync(1);
            await TokenSecretAsync(stage, "legacy2-token", "legacy2");
        },
        ["10-21"] = stage => stage.AdvanceAsync(Forgotten),
        ["11-05"] = async stage =>
        {
            await AccountAsync(stage, "gone");
            await stage.MintAsync("11-05");
            await stage.DeleteAsync($"{TeamA}/serviceaccounts/gone");
        },
        ["11-06"] = stage => AccountAsync(stage, "gone"),
        ["11-08"] = async stage =>
        {
            // On a node a deleted pod stays until its kubelet says so, and there is none.
            await PodAsync(stage, "short-pod", "app", "node-1");
            await stage.DeleteAsync($"{TeamA}/pods/short-pod");
            await PodAsync(stage, "short-pod2", "app");
        },
        ["11-09"] = async stage =>
        {
            await stage.DeleteAsync($"{TeamA}/pods/short-pod2");
            await stage.AdvanceAsync(Forgotten);
        },
        ["11-10"] = async stage =>
        {
            await stage.CreateAsync($"{TeamA}/secrets", """{"metadata":{"name":"short-secret"},"type":"Opaque"}""");
            await stage.MintAsync("11-10");
            await stage.DeleteAsync($"{TeamA}/secrets/short-secret");
        },
        ["11-26"] = async stage =>
        {
            await AccountAsync(stage, "quick");
            var token = await stage.MintAsync("11-26");
            Assert.NotNull(stage.Server.State.Identity.Verifier.Verify(token, []).User);
            await stage.DeleteAsync($"{TeamA}/serviceaccounts/quick");
        },
        ["11-27"] = stage => stage.AdvanceAsync(Forgotten),
        ["12-02"] = stage => PodAsync(stage, "review-pod", "app", "node-1"),
        ["12-05"] = stage => stage.DeleteAsync($"{TeamA}/serviceaccounts/gone"),
        ["12-15"] = stage => TokenSecretAsync(stage, "review-token", "builder"),
        ["13-06"] = stage => PodAsync(stage, "who-pod", "app", "node-1"),
        ["15-10"] = stage => TokenSecretAsync(stage, "verify-token", "builder"),
        ["17-01"] = stage => AccountAsync(stage, "runner"),
        ["17-34"] = async stage =>
        {
            // The client tried up to twenty-five times whether a pod could be too quick for its account's token.
            var last = stage.Server.State.ServerVersion.IsLegacy ? 0 : 24;
            for (var i = 0; i < last; i++)
            {
                await AccountAsync(stage, $"race-{i}");
                await PodAsync(stage, $"race-{i}", $"race-{i}");
            }

            await stage.CreateAsync($"{TeamA}/serviceaccounts", $$$"""{"metadata":{"name":"race-{{{last}}}"}}""");
        },
        ["20-01"] = stage => TokenSecretAsync(stage, "default-manual-token", "default"),
        ["20-10"] = stage =>
        {
            Keys(stage).Rotate();
            return Task.CompletedTask;
        },
        ["20-23"] = stage => stage.AdvanceAsync(1),
        ["20-32"] = stage =>
        {
            var keys = Keys(stage);
            keys.Replace(keys.ServerKey, keys.ControllerKey, keys.ServerKey, stage.FirstKey);
            return Task.CompletedTask;
        },
        ["20-35"] = stage =>
        {
            var keys = Keys(stage);
            keys.Replace(keys.ServerKey, stage.FirstKey, keys.ServerKey);
            return Task.CompletedTask;
        },
    };

    private static KeyRing Keys(ReplayStage stage) => stage.Server.State.Identity.Keys;

    private static async Task AccountAsync(ReplayStage stage, string name)
    {
        await stage.CreateAsync($"{TeamA}/serviceaccounts", new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } }.ToJsonString());
        await stage.AdvanceAsync(1);
    }

    private static Task PodAsync(ReplayStage stage, string name, string account, string? node = null)
    {
        var spec = new JsonObject
        {
            ["serviceAccountName"] = account,
            ["containers"] = new JsonArray(new JsonObject { ["name"] = "app", ["image"] = "registry.example.com/app:1" }),
        };
        if (node is not null)
        {
            spec["nodeName"] = node;
        }

        return stage.CreateAsync($"{TeamA}/pods", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { ["app"] = "demo" } },
            ["spec"] = spec,
        }.ToJsonString());
    }

    private static async Task TokenSecretAsync(ReplayStage stage, string name, string account)
    {
        await stage.CreateAsync($"{TeamA}/secrets", new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["annotations"] = new JsonObject { [TokenSecrets.AccountAnnotation] = account },
            },
            ["type"] = TokenSecrets.Type,
        }.ToJsonString());
        await stage.SettleAsync();
    }
}
