using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Kinds;

internal sealed class DeploymentStrategy : WorkloadStrategy
{
    protected override void DefaultSpec(JsonObject spec, ServerVersion serverVersion)
    {
        spec["replicas"] ??= 1;
        Rolling(spec, "strategy", new JsonObject { ["maxUnavailable"] = "25%", ["maxSurge"] = "25%" });
        spec["revisionHistoryLimit"] ??= 10;
        spec["progressDeadlineSeconds"] ??= 600;
    }
}

internal sealed class ReplicaSetStrategy : WorkloadStrategy
{
    protected override JsonObject NewStatus(ServerVersion serverVersion) => new() { ["replicas"] = 0 };

    protected override void DefaultSpec(JsonObject spec, ServerVersion serverVersion) => spec["replicas"] ??= 1;
}

internal sealed class StatefulSetStrategy : WorkloadStrategy
{
    protected override JsonObject NewStatus(ServerVersion serverVersion) =>
        serverVersion.IsLegacy ? new() { ["replicas"] = 0 } : new() { ["replicas"] = 0, ["availableReplicas"] = 0 };

    protected override void DefaultSpec(JsonObject spec, ServerVersion serverVersion)
    {
        spec["replicas"] ??= 1;
        spec["podManagementPolicy"] ??= "OrderedReady";
        Rolling(spec, "updateStrategy", new JsonObject { ["partition"] = 0 });
        spec["revisionHistoryLimit"] ??= 10;
        if (!serverVersion.IsLegacy)
        {
            spec["persistentVolumeClaimRetentionPolicy"] ??= new JsonObject { ["whenDeleted"] = "Retain", ["whenScaled"] = "Retain" };
        }
    }
}

internal sealed class DaemonSetStrategy : WorkloadStrategy
{
    private const string TemplateGeneration = "deprecated.daemonset.template.generation";

    protected override JsonObject NewStatus(ServerVersion serverVersion) => new()
    {
        ["currentNumberScheduled"] = 0,
        ["numberMisscheduled"] = 0,
        ["desiredNumberScheduled"] = 0,
        ["numberReady"] = 0,
    };

    public override void PrepareForCreate(JsonObject obj, ServerVersion serverVersion)
    {
        base.PrepareForCreate(obj, serverVersion);
        obj["metadata"]!.AsObject().Child("annotations")[TemplateGeneration] = "1";
    }

    public override void PrepareForUpdate(JsonObject obj, JsonObject old, ServerVersion serverVersion)
    {
        base.PrepareForUpdate(obj, old, serverVersion);
        var generation = int.Parse(old["metadata"]!["annotations"].Text(TemplateGeneration) ?? "1");
        var changed = !JsonNode.DeepEquals(obj["spec"]?["template"], old["spec"]?["template"]);
        obj["metadata"]!.AsObject().Child("annotations")[TemplateGeneration] = (changed ? generation + 1 : generation).ToString();
    }

    protected override void DefaultSpec(JsonObject spec, ServerVersion serverVersion)
    {
        var parameters = new JsonObject { ["maxUnavailable"] = 1 };
        if (!serverVersion.IsLegacy)
        {
            parameters["maxSurge"] = 0;
        }

        Rolling(spec, "updateStrategy", parameters);
        spec["revisionHistoryLimit"] ??= 10;
    }
}
