using System.Text.Json.Nodes;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Kinds;

/// <summary>Namespaces: a finalizer that the namespace controller takes off, a phase, and since 1.21 a label with the name.</summary>
internal sealed class NamespaceStrategy : ResourceStrategy
{
    private const string NameLabel = "kubernetes.io/metadata.name";

    public override bool AnswersDeletionWithObject => true;

    public override string? CheckName(string name, ServerVersion serverVersion) =>
        !serverVersion.IsLegacy && name.Contains('.', StringComparison.Ordinal) ? "must not contain dots" : Names.Label(name);

    public override void Default(JsonObject obj, ServerVersion serverVersion)
    {
        if (!serverVersion.IsLegacy && obj.Text("metadata", "name") is { Length: > 0 } name)
        {
            obj.Child("metadata").Child("labels")[NameLabel] = name;
        }
    }

    public override void PrepareForCreate(JsonObject obj, ServerVersion serverVersion)
    {
        obj["spec"] = new JsonObject { ["finalizers"] = new JsonArray("kubernetes") };
        obj["status"] = new JsonObject { ["phase"] = "Active" };
    }

    public override void PrepareForUpdate(JsonObject obj, JsonObject old, ServerVersion serverVersion)
    {
        obj["spec"] = old["spec"]?.DeepClone();
        obj["status"] = old["status"]?.DeepClone();
    }
}
