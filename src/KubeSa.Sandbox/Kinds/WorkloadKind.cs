using System.Text.Json.Nodes;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Kinds;

/// <summary>What has a pod template. A generation counts the changes of its spec; no controller runs it here.</summary>
internal abstract class WorkloadKind : Kind
{
    /// <summary>Whether the dialect counts generations for this kind.</summary>
    protected virtual bool HasGeneration(Dialect dialect) => true;

    /// <summary>The status of a new object.</summary>
    protected virtual JsonObject NewStatus(Dialect dialect) => [];

    /// <summary>Fills in the spec but its template.</summary>
    protected abstract void DefaultSpec(JsonObject spec, Dialect dialect);

    /// <summary>The spec that holds the template.</summary>
    protected virtual JsonObject TemplateOwner(JsonObject spec) => spec;

    public override void Default(JsonObject obj, Dialect dialect)
    {
        var spec = obj.Child("spec");
        Template(TemplateOwner(spec).Child("template"), dialect);
        DefaultSpec(spec, dialect);
        obj["status"] ??= NewStatus(dialect);
    }

    public override void PrepareForCreate(JsonObject obj, Dialect dialect)
    {
        obj["status"] = NewStatus(dialect);
        if (HasGeneration(dialect))
        {
            obj["metadata"]!["generation"] = 1;
        }
    }

    public override void PrepareForUpdate(JsonObject obj, JsonObject old, Dialect dialect)
    {
        obj["status"] = old["status"]?.DeepClone();
        if (!HasGeneration(dialect))
        {
            return;
        }

        var generation = (long?)old["metadata"]!["generation"] ?? 1;
        obj["metadata"]!["generation"] = JsonNode.DeepEquals(obj["spec"], old["spec"]) ? generation : generation + 1;
    }

    public override IEnumerable<FieldError> Validate(JsonObject obj, Dialect dialect)
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
    protected static void TemplateMetadata(JsonObject template, Dialect dialect)
    {
        var metadata = template.Child("metadata");
        metadata.Remove("creationTimestamp");
        if (dialect.IsLegacy)
        {
            metadata["creationTimestamp"] = null;
        }
    }

    private static void Template(JsonObject template, Dialect dialect)
    {
        TemplateMetadata(template, dialect);
        PodDefaults.Apply(template.Child("spec"));
    }
}
