using System.Text.Json.Nodes;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Kinds;

/// <summary>What has a pod template. A generation counts the changes of its spec; no controller runs it here.</summary>
internal abstract class WorkloadStrategy : ResourceStrategy
{
    /// <summary>Whether the dialect counts generations for this kind.</summary>
    protected virtual bool HasGeneration(ServerVersion serverVersion) => true;

    /// <summary>The status of a new object.</summary>
    protected virtual JsonObject NewStatus(ServerVersion serverVersion) => [];

    /// <summary>Fills in the spec but its template.</summary>
    protected abstract void DefaultSpec(JsonObject spec, ServerVersion serverVersion);

    /// <summary>The spec that holds the template.</summary>
    protected virtual JsonObject TemplateOwner(JsonObject spec) => spec;

    public override void Default(JsonObject obj, ServerVersion serverVersion)
    {
        var spec = obj.Child("spec");
        Template(TemplateOwner(spec).Child("template"), serverVersion);
        DefaultSpec(spec, serverVersion);
        obj["status"] ??= NewStatus(serverVersion);
    }

    public override void PrepareForCreate(JsonObject obj, ServerVersion serverVersion)
    {
        obj["status"] = NewStatus(serverVersion);
        if (HasGeneration(serverVersion))
        {
            obj["metadata"]!["generation"] = 1;
        }
    }

    public override void PrepareForUpdate(JsonObject obj, JsonObject old, ServerVersion serverVersion)
    {
        obj["status"] = old["status"]?.DeepClone();
        if (!HasGeneration(serverVersion))
        {
            return;
        }

        var generation = (long?)old["metadata"]!["generation"] ?? 1;
        obj["metadata"]!["generation"] = JsonNode.DeepEquals(obj["spec"], old["spec"]) ? generation : generation + 1;
    }

    public override IEnumerable<FieldError> Validate(JsonObject obj, ServerVersion serverVersion)
    {
        var spec = obj.Child("spec");
        if (TemplateOwner(spec)["template"]?["spec"]?["containers"] is not JsonArray { Count: > 0 })
        {
            yield return FieldError.Required(ReferenceEquals(TemplateOwner(spec), spec) ? "spec.template.spec.containers" : "spec.jobTemplate.spec.template.spec.containers");
        }
    }

    /// <summary>A strategy with a rolling update unless another type is asked for.</summary>
    protected static void Rolling(JsonObject spec, string field, JsonObject parameters)
    {
        var strategy = spec.Child(field);
        strategy["type"] ??= "RollingUpdate";
        if (strategy.Text("type") == "RollingUpdate")
        {
            var update = strategy.Child("rollingUpdate");
            foreach (var (name, value) in parameters)
            {
                update[name] ??= value!.DeepClone();
            }
        }
    }

    /// <summary>Metadata of a template: 1.20 writes its creation time, which it never has.</summary>
    protected static void TemplateMetadata(JsonObject template, ServerVersion serverVersion)
    {
        var metadata = template.Child("metadata");
        metadata.Remove("creationTimestamp");
        if (serverVersion.IsLegacy)
        {
            metadata["creationTimestamp"] = null;
        }
    }

    private static void Template(JsonObject template, ServerVersion serverVersion)
    {
        TemplateMetadata(template, serverVersion);
        PodDefaults.Apply(template.Child("spec"));
    }
}
