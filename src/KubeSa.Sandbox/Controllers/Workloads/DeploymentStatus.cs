using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Controllers.Workloads;

/// <summary>Tells how far a rollout is.</summary>
internal static class DeploymentStatus
{
    /// <summary>All pods are of the present template and run; with a failure those of before still do.</summary>
    public static JsonObject Of(JsonObject deployment, DeploymentProgress progress, string now)
    {
        var status = new JsonObject { ["observedGeneration"] = (long?)deployment["metadata"]?["generation"] ?? 1 };
        Set(status, "replicas", progress.Updated + progress.Old);
        Set(status, "updatedReplicas", progress.Updated);
        Set(status, "readyReplicas", progress.Updated + progress.Old);
        Set(status, "availableReplicas", progress.Updated + progress.Old);
        Set(status, "unavailableReplicas", progress.Failure is null ? 0 : 1);
        var conditions = new JsonArray(
            Condition("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", now),
            progress.Failure is null
                ? Condition("Progressing", "True", "NewReplicaSetAvailable", $"ReplicaSet \"{progress.ReplicaSet}\" has successfully progressed.", now)
                : Condition("Progressing", "True", "ReplicaSetUpdated", $"ReplicaSet \"{progress.ReplicaSet}\" is progressing.", now));
        if (progress.Failure is not null)
        {
            conditions.Add((JsonNode)Condition("ReplicaFailure", "True", "FailedCreate", progress.Failure, now));
        }

        KeepTimes(conditions, deployment["status"]?["conditions"] as JsonArray ?? []);
        status["conditions"] = conditions;
        return status;
    }

    // The API leaves a count of nothing out.
    private static void Set(JsonObject status, string name, int count)
    {
        if (count > 0)
        {
            status[name] = count;
        }
    }

    private static JsonObject Condition(string type, string value, string reason, string message, string now) => new()
    {
        ["type"] = type,
        ["status"] = value,
        ["lastUpdateTime"] = now,
        ["lastTransitionTime"] = now,
        ["reason"] = reason,
        ["message"] = message,
    };

    // A condition that says what it said is not told anew: else every look would be a change, and every change a look.
    private static void KeepTimes(JsonArray conditions, JsonArray before)
    {
        foreach (var condition in conditions)
        {
            var same = before.FirstOrDefault(old => old.Text("type") == condition.Text("type")
                && old.Text("reason") == condition.Text("reason")
                && old.Text("message") == condition.Text("message"));
            if (same is not null)
            {
                condition!["lastUpdateTime"] = same.Text("lastUpdateTime");
                condition["lastTransitionTime"] = same.Text("lastTransitionTime");
            }
        }
    }
}

/// <summary>How many pods run of the present template and of those before; why no more of them can be made, if so.</summary>
internal sealed record DeploymentProgress(string ReplicaSet, int Updated, int Old, string? Failure);
