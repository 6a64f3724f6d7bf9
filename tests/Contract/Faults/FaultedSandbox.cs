using System.Text.Json.Nodes;
using KubeSa.Sandbox;
using KubeSa.Sandbox.Faults;
using Xunit;

namespace KubeSa.Contract.Faults;

/// <summary>
/// A sandbox in this process, so that faults are switched while a cmdlet runs, with a list of three pages; the account of
/// its mount may do everything.
/// </summary>
public sealed class FaultedSandbox : IAsyncLifetime
{
    /// <summary>Three pages of ours.</summary>
    public const int Accounts = 1100;

    /// <summary>The namespace that holds so many accounts, its own default one among them.</summary>
    public const string Bulk = "bulk";

    private SandboxServer? _server;

    public SandboxServer Server => _server!;

    public string TokenFile => Path.Combine(Server.MountPath, "token");

    public async ValueTask InitializeAsync()
    {
        _server = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        Create("", "namespaces", new() { ["metadata"] = new JsonObject { ["name"] = Bulk } });
        await Server.State.Controllers.SettleAsync();
        for (var i = 1; i < Accounts; i++)
        {
            Create("", "serviceaccounts", new() { ["metadata"] = new JsonObject { ["namespace"] = Bulk, ["name"] = $"account-{i:0000}" } });
        }

        Create("rbac.authorization.k8s.io", "clusterrolebindings", new()
        {
            ["metadata"] = new JsonObject { ["name"] = "mounted-account-is-administrator" },
            ["roleRef"] = new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "ClusterRole", ["name"] = "cluster-admin" },
            ["subjects"] = new JsonArray(new JsonObject { ["kind"] = "ServiceAccount", ["namespace"] = "team-a", ["name"] = "pod-watcher" }),
        });
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>A fault by its name and, after an x, how many requests it befalls.</summary>
    internal static Fault Parse(string text)
    {
        var parts = text.Split(" x");
        return new Fault(parts[0]) { Times = parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : null, Milliseconds = 200 };
    }

    private void Create(string group, string resource, JsonObject content) => Server.Store.Create(Server.State.Types.Get(group, resource), content);
}
