using System.Text.Json.Nodes;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Kinds;

/// <summary>Jobs: the selector is made of the uid, and the template never changes.</summary>
internal sealed class JobKind : WorkloadKind
{
    protected override bool HasGeneration(Dialect dialect) => !dialect.IsLegacy;

    protected override void DefaultSpec(JsonObject spec, Dialect dialect)
    {
        spec["parallelism"] ??= 1;
        spec["completions"] ??= 1;
        spec["backoffLimit"] ??= 6;
        if (!dialect.IsLegacy)
        {
            spec["completionMode"] ??= "NonIndexed";
            spec["suspend"] ??= false;
            spec["podReplacementPolicy"] ??= "TerminatingOrFailed";
            spec["manualSelector"] ??= false;
        }
    }

    public override void PrepareForCreate(JsonObject obj, Dialect dialect)
    {
        base.PrepareForCreate(obj, dialect);
        var spec = obj.Child("spec");
        if ((bool?)spec["manualSelector"] == true)
        {
            return;
        }

        var metadata = obj.Child("metadata");
        metadata["uid"] ??= Guid.NewGuid().ToString();
        var (uid, name) = (metadata.Text("uid")!, metadata.Text("name")!);
        var uidLabel = dialect.IsLegacy ? "controller-uid" : "batch.kubernetes.io/controller-uid";
        foreach (var labels in new[] { metadata.Child("labels"), spec.Child("template").Child("metadata").Child("labels") })
        {
            labels["controller-uid"] = uid;
            labels["job-name"] = name;
            if (!dialect.IsLegacy)
            {
                labels["batch.kubernetes.io/controller-uid"] = uid;
                labels["batch.kubernetes.io/job-name"] = name;
            }
        }

        spec.Child("selector").Child("matchLabels")[uidLabel] = uid;
    }

    public override IEnumerable<FieldError> ValidateUpdate(JsonObject obj, JsonObject old, Dialect dialect)
    {
        if (!JsonNode.DeepEquals(obj["spec"]?["template"], old["spec"]?["template"]))
        {
            // The server prints the whole template as an internal structure; the sandbox prints it as it was sent.
            var template = obj["spec"]?["template"]?.ToJsonString(Json.Relaxed);
            yield return new FieldError("spec.template", "FieldValueInvalid", $"Invalid value: {template}: field is immutable");
        }
    }
}

internal sealed class CronJobKind : WorkloadKind
{
    protected override bool HasGeneration(Dialect dialect) => !dialect.IsLegacy;

    protected override JsonObject TemplateOwner(JsonObject spec) => spec.Child("jobTemplate").Child("spec");

    protected override void DefaultSpec(JsonObject spec, Dialect dialect)
    {
        TemplateMetadata(spec.Child("jobTemplate"), dialect);
        spec["concurrencyPolicy"] ??= "Allow";
        spec["suspend"] ??= false;
        spec["successfulJobsHistoryLimit"] ??= 3;
        spec["failedJobsHistoryLimit"] ??= 1;
    }
}
