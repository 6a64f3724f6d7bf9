using System.Text.Json.Nodes;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Controllers;

/// <summary>What controllers tell of an object where its status has no place for it.</summary>
internal static class SandboxEvents
{
    public static void Warn(SandboxState state, string apiVersion, string kind, StoredObject about, string reason, string component, string message)
    {
        var now = state.Time.Stamp();
        state.Store.Create(state.Types.Get("", "events"), new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = $"{about.Name}.{Guid.NewGuid():N}", ["namespace"] = about.Namespace },
            ["involvedObject"] = new JsonObject
            {
                ["kind"] = kind,
                ["namespace"] = about.Namespace,
                ["name"] = about.Name,
                ["uid"] = about.Uid,
                ["apiVersion"] = apiVersion,
            },
            ["reason"] = reason,
            ["message"] = message,
            ["source"] = new JsonObject { ["component"] = component },
            ["firstTimestamp"] = now,
            ["lastTimestamp"] = now,
            ["count"] = 1,
            ["type"] = "Warning",
            ["reportingComponent"] = component,
        });
    }
}
