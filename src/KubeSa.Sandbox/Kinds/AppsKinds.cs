using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Kinds;

internal sealed class DeploymentKind : WorkloadKind
{
    protected override void DefaultSpec(JsonObject spec, Dialect dialect)
    {
        spec["replicas"] ??= 1;
        Rolling(spec, "strategy", new JsonObject { ["maxUnavailable"] = "25%", ["maxSurge"] = "25%" });
        spec["revisionHistoryLimit"] ??= 10;
        spec["progressDeadlineSeconds"] ??= 600;
    }
}

internal sealed class ReplicaSetKind : WorkloadKind
{
    protected override JsonObject NewStatus(Dialect dialect) => new() { ["replicas"] = 0 };

    protected override void DefaultSpec(JsonObject spec, Dialect dialect) => spec["replicas"] ??= 1;
}

internal sealed class StatefulSetKind : WorkloadKind
{
    protected override JsonObject NewStatus(Dialect dialect) =>
        dialect.IsLegacy ? new() { ["replicas"] = 0 } : new() { ["replicas"] = 0, ["availableReplicas"] = 0 };

    protected override void DefaultSpec(JsonObject spec, Dialect dialect)
    {
        spec["replicas"] ??= 1;
        spec["podManagementPolicy"] ??= "OrderedReady";
        Rolling(spec, "updateStrategy", new JsonObject { ["partition"] = 0 });
        spec["revisionHistoryLimit"] ??= 10;
        if (!dialect.IsLegacy)
        {
            spec["persistentVolumeClaimRetentionPolicy"] ??= new JsonObject { ["whenDeleted"] = "Retain", ["whenScaled"] = "Retain" };
        }
    }
}

internal sealed class DaemonSetKind : WorkloadKind
{
    private const string TemplateGeneration = "deprecated.daemonset.template.generation";

    protected override JsonObject NewStatus(Dialect dialect) => new()
    {
        ["currentNumberScheduled"] = 0,
        ["numberMisscheduled"] = 0,
        ["desiredNumberScheduled"] = 0,
        ["numberReady"] = 0,
    };

    public override void PrepareForCreate(JsonObject obj, Dialect dialect)
    {
        base.PrepareForCreate(obj, dialect);
        obj["metadata"]!.AsObject().Child("annotations")[TemplateGeneration] = "1";
    }

    public override void PrepareForUpdate(JsonObject obj, JsonObject old, Dialect dialect)
    {
        base.PrepareForUpdate(obj, old, dialect);
        var generation = int.Parse(old["metadata"]!["annotations"].Text(TemplateGeneration) ?? "1");
        var changed = !JsonNode.DeepEquals(obj["spec"]?["template"], old["spec"]?["template"]);
        obj["metadata"]!.AsObject().Child("annotations")[TemplateGeneration] = (changed ? generation + 1 : generation).ToString();
    }

    protected override void DefaultSpec(JsonObject spec, Dialect dialect)
    {
        var parameters = new JsonObject { ["maxUnavailable"] = 1 };
        if (!dialect.IsLegacy)
        {
            parameters["maxSurge"] = 0;
        }

        Rolling(spec, "updateStrategy", parameters);
        spec["revisionHistoryLimit"] ??= 10;
    }
}
