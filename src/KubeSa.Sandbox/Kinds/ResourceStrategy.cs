using System.Text.Json.Nodes;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Schemas;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Kinds;

/// <summary>What is special about the objects of a resource when they are stored. This one: nothing.</summary>
internal class ResourceStrategy
{
    /// <summary>Whether a deletion answers with the object and not with a Status.</summary>
    public virtual bool AnswersDeletionWithObject => false;

    /// <summary>What is wrong with a name, or null.</summary>
    public virtual string? CheckName(string name, ServerVersion serverVersion) => Names.Subdomain(name);

    /// <summary>Fills in what was left open, as the server does when it reads an object.</summary>
    public virtual void Default(JsonObject obj, ServerVersion serverVersion)
    {
    }

    /// <summary>Sets what only the server may set on a new object.</summary>
    public virtual void PrepareForCreate(JsonObject obj, ServerVersion serverVersion)
    {
    }

    /// <summary>Takes back what an update may not touch.</summary>
    public virtual void PrepareForUpdate(JsonObject obj, JsonObject old, ServerVersion serverVersion)
    {
    }

    /// <summary>What is wrong with the object beyond its metadata.</summary>
    public virtual IEnumerable<FieldError> Validate(JsonObject obj, ServerVersion serverVersion) => [];

    /// <summary>What is wrong with the change beyond its metadata.</summary>
    public virtual IEnumerable<FieldError> ValidateUpdate(JsonObject obj, JsonObject old, ServerVersion serverVersion) => Validate(obj, serverVersion);

    /// <summary>Leaves out what is empty.</summary>
    public static void Prune(JsonObject obj, ResourceType type)
    {
        Pruning.Prune(obj, AllSchemas.Find(type.Kind) ?? AnyObject);
        obj.Child("metadata").Remove("managedFields");
    }

    private static Schema AnyObject { get; } = new("Object", [new Field("metadata", "ObjectMeta", "ObjectMeta", true)]);
}
