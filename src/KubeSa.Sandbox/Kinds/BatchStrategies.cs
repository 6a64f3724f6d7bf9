using System.Text.Json.Nodes;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Kinds;

/// <summary>Jobs: the selector is made of the uid, and the template never changes.</summary>
internal sealed class JobStrategy : WorkloadStrategy
{
    protected override bool HasGeneration(ServerVersion serverVersion) => !serverVersion.IsLegacy;

    protected override void DefaultSpec(JsonObject spec, ServerVersion serverVersion)
    {
        spec["parallelism"] ??= 1;
        spec["completions"] ??= 1;
        spec["backoffLimit"] ??= 6;
        if (!serverVersion.IsLegacy)
        {
            spec["completionMode"] ??= "NonIndexed";
            spec["suspend"] ??= false;
            spec["podReplacementPolicy"] ??= "TerminatingOrFailed";
            spec["manualSelector"] ??= false;
        }
    }

    public override void PrepareForCreate(JsonObject obj, ServerVersion serverVersion)
    {
        base.PrepareForCreate(obj, serverVersion);
        var spec = obj.Child("spec");
        if ((bool?)spec["manualSelector"] == true)
        {
            return;
        }

        var metadata = obj.Child("metadata");
        metadata["uid"] ??= Guid.NewGuid().ToString();
        var (uid, name) = (metadata.Text("uid")!, metadata.Text("name")!);
        var uidLabel = serverVersion.IsLegacy ? "controller-uid" : "batch.kubernetes.io/controller-uid";
        foreach (var labels in new[] { metadata.Child("labels"), spec.Child("template").Child("metadata").Child("labels") })
        {
            labels["controller-uid"] = uid;
            labels["job-name"] = name;
            if (!serverVersion.IsLegacy)
            {
                labels["batch.kubernetes.io/controller-uid"] = uid;
                labels["batch.kubernetes.io/job-name"] = name;
            }
        }

        spec.Child("selector").Child("matchLabels")[uidLabel] = uid;
    }

    public override IEnumerable<FieldError> ValidateUpdate(JsonObject obj, JsonObject old, ServerVersion serverVersion)
    {
        if (!JsonNode.DeepEquals(obj["spec"]?["template"], old["spec"]?["template"]))
        {
            // The server prints the whole template as an internal structure; the sandbox prints it as it was sent.
            var template = obj["spec"]?["template"]?.ToJsonString(Json.Relaxed);
            yield return new FieldError("spec.template", "FieldValueInvalid", $"Invalid value: {template}: field is immutable");
        }
    }
}

internal sealed class CronJobStrategy : WorkloadStrategy
{
    protected override bool HasGeneration(ServerVersion serverVersion) => !serverVersion.IsLegacy;

    protected override JsonObject TemplateOwner(JsonObject spec) => spec.Child("jobTemplate").Child("spec");

    protected override void DefaultSpec(JsonObject spec, ServerVersion serverVersion)
    {
        TemplateMetadata(spec.Child("jobTemplate"), serverVersion);
        spec["concurrencyPolicy"] ??= "Allow";
        spec["suspend"] ??= false;
        spec["successfulJobsHistoryLimit"] ??= 3;
        spec["failedJobsHistoryLimit"] ??= 1;
    }
}
