using System.Text.Json.Nodes;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Schemas;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Kinds;

/// <summary>What is special about the objects of a resource when they are stored. This one: nothing.</summary>
internal class Kind
{
    /// <summary>Whether a deletion answers with the object and not with a Status.</summary>
    public virtual bool AnswersDeletionWithObject => false;

    /// <summary>What is wrong with a name, or null.</summary>
    public virtual string? CheckName(string name, Dialect dialect) => Names.Subdomain(name);

    /// <summary>Fills in what was left open, as the server does when it reads an object.</summary>
    public virtual void Default(JsonObject obj, Dialect dialect)
    {
    }

    /// <summary>Sets what only the server may set on a new object.</summary>
    public virtual void PrepareForCreate(JsonObject obj, Dialect dialect)
    {
    }

    /// <summary>Takes back what an update may not touch.</summary>
    public virtual void PrepareForUpdate(JsonObject obj, JsonObject old, Dialect dialect)
    {
    }

    /// <summary>What is wrong with the object beyond its metadata.</summary>
    public virtual IEnumerable<FieldError> Validate(JsonObject obj, Dialect dialect) => [];

    /// <summary>What is wrong with the change beyond its metadata.</summary>
    public virtual IEnumerable<FieldError> ValidateUpdate(JsonObject obj, JsonObject old, Dialect dialect) => Validate(obj, dialect);

    /// <summary>Leaves out what is empty.</summary>
    public static void Prune(JsonObject obj, ResourceType type)
    {
        Pruning.Prune(obj, AllSchemas.Find(type.Kind) ?? AnyObject);
        obj.Child("metadata").Remove("managedFields");
    }

    private static Schema AnyObject { get; } = new("Object", [new Field("metadata", "ObjectMeta", "ObjectMeta", true)]);
}
