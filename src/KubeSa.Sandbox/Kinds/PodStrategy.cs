using System.Text.Json.Nodes;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Kinds;

/// <summary>Pods: nothing runs them unless asked for, so they stay Pending; almost nothing of a spec may change.</summary>
internal sealed class PodStrategy : ResourceStrategy
{
    private static readonly string[] Taints = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

    public override bool AnswersDeletionWithObject => true;

    public override void Default(JsonObject obj, ServerVersion serverVersion)
    {
        var spec = obj.Child("spec");
        PodDefaults.Apply(spec);
        spec["enableServiceLinks"] ??= true;
    }

    public override void PrepareForCreate(JsonObject obj, ServerVersion serverVersion)
    {
        var spec = obj.Child("spec");
        spec["priority"] ??= 0;
        spec["preemptionPolicy"] ??= "PreemptLowerPriority";
        if (spec["tolerations"] is not JsonArray tolerations)
        {
            tolerations = [];
            spec["tolerations"] = tolerations;
        }

        foreach (var taint in Taints.Where(t => !tolerations.Any(x => x.Text("key") == t)))
        {
            tolerations.Add(new JsonObject { ["key"] = taint, ["operator"] = "Exists", ["effect"] = "NoExecute", ["tolerationSeconds"] = 300 });
        }

        obj["status"] = new JsonObject { ["phase"] = "Pending", ["qosClass"] = "BestEffort" };
        if (!serverVersion.IsLegacy)
        {
            obj["metadata"]!["generation"] = 1;
        }
    }

    public override void PrepareForUpdate(JsonObject obj, JsonObject old, ServerVersion serverVersion) => obj["status"] = old["status"]?.DeepClone();

    public override IEnumerable<FieldError> Validate(JsonObject obj, ServerVersion serverVersion)
    {
        if (obj["spec"]?["containers"] is not JsonArray { Count: > 0 })
        {
            yield return FieldError.Required("spec.containers");
        }
    }

    public override IEnumerable<FieldError> ValidateUpdate(JsonObject obj, JsonObject old, ServerVersion serverVersion)
    {
        if (!JsonNode.DeepEquals(Fixed(obj), Fixed(old)))
        {
            // The server adds a difference of its internal structures; the sandbox has none.
            yield return FieldError.Forbidden("spec", serverVersion.IsLegacy
                ? "pod updates may not change fields other than `spec.containers[*].image`, `spec.initContainers[*].image`, `spec.activeDeadlineSeconds` or `spec.tolerations` (only additions to existing tolerations)"
                : "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)");
        }
    }

    private static JsonObject? Fixed(JsonObject pod)
    {
        var spec = pod["spec"]?.DeepClone().AsObject();
        foreach (var container in PodDefaults.Objects(spec?["initContainers"]).Concat(PodDefaults.Objects(spec?["containers"])))
        {
            container.Remove("image");
        }

        spec?.Remove("activeDeadlineSeconds");
        spec?.Remove("tolerations");
        return spec;
    }
}
