using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Nodes;

/// <summary>The state of a container as a kubelet writes it into a pod's status.</summary>
internal static class ContainerStates
{
    public static JsonObject Waiting(string reason, string? message = null)
    {
        var waiting = new JsonObject { ["reason"] = reason };
        if (message is not null)
        {
            waiting["message"] = message;
        }

        return new JsonObject { ["waiting"] = waiting };
    }

    public static JsonObject Running(string since) => new() { ["running"] = new JsonObject { ["startedAt"] = since } };

    public static JsonObject Terminated(int exitCode, string reason, string? message, string started, string finished)
    {
        var terminated = new JsonObject { ["exitCode"] = exitCode, ["reason"] = reason, ["startedAt"] = started, ["finishedAt"] = finished };
        if (message is not null)
        {
            terminated["message"] = message;
        }

        return new JsonObject { ["terminated"] = terminated };
    }

    public static JsonObject StatusOf(JsonObject container, JsonObject state) => new()
    {
        ["name"] = container.Text("name"),
        ["state"] = state,
        ["lastState"] = new JsonObject(),
        ["ready"] = state.ContainsKey("running"),
        ["restartCount"] = 0,
        ["image"] = container.Text("image"),
        ["imageID"] = "",
        ["started"] = state.ContainsKey("running"),
    };
}
