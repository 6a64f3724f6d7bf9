using System.Globalization;
using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Tokens;

/// <summary>The ConfigMap that tells since when the use of Secrets' tokens is noted; 1.20 has none.</summary>
internal static class LegacyTokenTracking
{
    public static void Populate(SandboxState state)
    {
        if (state.ServerVersion.IsLegacy)
        {
            return;
        }

        state.Store.Create(state.Types.Get("", "configmaps"), new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "kube-apiserver-legacy-service-account-token-tracking", ["namespace"] = "kube-system" },
            ["data"] = new JsonObject { ["since"] = (state.Time.GetUtcNow() - state.Store.Age).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) },
        });
    }
}
