using System.Text.Json.Nodes;

namespace KubeSa.Sandbox;

/// <summary>What every cluster holds from the start. The controllers add what follows from it.</summary>
internal static class BootstrapObjects
{
    private static readonly string[] Namespaces = ["kube-system", "kube-public", "default", "kube-node-lease"];

    // The controllers that run with an account of their own.
    private static readonly string[] Accounts =
        ["service-account-controller", "clusterrole-aggregation-controller", "generic-garbage-collector", "namespace-controller", "root-ca-cert-publisher"];

    public static void Populate(SandboxState state)
    {
        foreach (var name in Namespaces)
        {
            var ns = new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = name },
                ["spec"] = new JsonObject { ["finalizers"] = new JsonArray("kubernetes") },
                ["status"] = new JsonObject { ["phase"] = "Active" },
            };
            if (!state.ServerVersion.IsLegacy)
            {
                ns["metadata"]!["labels"] = new JsonObject { ["kubernetes.io/metadata.name"] = name };
            }

            state.Store.Create(state.Types.Get("", "namespaces"), ns);
        }

        string[] accounts = state.ServerVersion.IsLegacy ? Accounts : [.. Accounts, "legacy-service-account-token-cleaner"];
        foreach (var name in accounts)
        {
            state.Store.Create(state.Types.Get("", "serviceaccounts"), new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "kube-system" },
            });
        }
    }
}
