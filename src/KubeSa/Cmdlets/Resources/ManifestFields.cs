using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>The fields of an object that a user keeps in a file and can create it from, without those that a server gives it.</summary>
internal static class ManifestFields
{
    private const string Metadata = "metadata";
    private const string Annotations = "annotations";
    private const string Labels = "labels";
    private const string Secrets = "secrets";

    // What a server gives an object, which no other one takes.
    private static readonly string[] Given = ["uid", "resourceVersion", "creationTimestamp", "generation", "managedFields", "selfLink"];

    // What it, or a controller or kubectl, notes besides; the last one may repeat a Secret's data.
    private static readonly string[] Notes =
    [
        TokenSecretMarks.AccountUid, TokenSecretMarks.LastUsed, TokenSecretMarks.InvalidSince, "kubectl.kubernetes.io/last-applied-configuration",
        "deployment.kubernetes.io/revision",
    ];

    /// <summary>The object without what a server gave it, to be created anew.</summary>
    internal static OrderedDictionary Fresh(object? value)
    {
        var made = Of(value);
        var metadata = Of(made[Metadata]);
        foreach (var field in Given)
        {
            metadata.Remove(field);
        }

        made[Metadata] = metadata;
        return made;
    }

    /// <summary>The object as one would have written it: also without its status, the notes of controllers and, unless asked for, a Secret's data.</summary>
    internal static OrderedDictionary AsWritten(object? value, bool withData)
    {
        var made = Fresh(value);
        var metadata = (OrderedDictionary)made[Metadata]!;
        foreach (var field in (string[])["deletionTimestamp", "deletionGracePeriodSeconds", "ownerReferences"])
        {
            metadata.Remove(field);
        }

        WithoutNotes(metadata, Annotations);
        WithoutNotes(metadata, Labels);
        made.Remove("status");
        switch (made["kind"])
        {
            case "Secret" when !withData:
                made.Remove("data");
                made.Remove("stringData");
                break;
            case "ServiceAccount":
                WithoutServerMade(made, metadata["name"] as string ?? string.Empty);
                break;
            case "ClusterRole" when made["aggregationRule"] is not null:
                made.Remove("rules");
                break;
        }

        return InUsualOrder(made);
    }

    /// <summary>The objects of a List; null where the object is none.</summary>
    internal static IEnumerable<object?>? ItemsOf(object? value) =>
        ResourceIdentity.Field(value, "kind") is string kind && kind.EndsWith("List", StringComparison.Ordinal) && ResourceIdentity.Field(value, "items") is IEnumerable items
            ? items.Cast<object?>()
            : null;

    /// <summary>The fields of an object or a hashtable, in its order.</summary>
    internal static OrderedDictionary Of(object? value)
    {
        var made = new OrderedDictionary(StringComparer.Ordinal);
        var plain = value is PSObject { BaseObject: IDictionary inner } ? inner : value;
        if (plain is IDictionary map)
        {
            foreach (DictionaryEntry entry in map)
            {
                made[$"{entry.Key}"] = entry.Value;
            }
        }
        else if (plain is not null)
        {
            foreach (var property in PSObject.AsPSObject(plain).Properties)
            {
                made[property.Name] = property.Value;
            }
        }

        return made;
    }

    private static void WithoutNotes(OrderedDictionary metadata, string field)
    {
        var notes = Of(metadata[field]);
        foreach (var name in Notes)
        {
            notes.Remove(name);
        }

        metadata.Remove(field);
        if (notes.Count > 0)
        {
            metadata[field] = notes;
        }
    }

    /// <summary>Servers before 1.24 list the token Secret in the account that they made for it.</summary>
    private static void WithoutServerMade(OrderedDictionary account, string name)
    {
        if (account[Secrets] is IEnumerable secrets)
        {
            object?[] kept = [.. secrets.Cast<object?>().Where(secret => Of(secret)["name"] is not string text || !ServerMadeSecret.Is(text, name))];
            account.Remove(Secrets);
            if (kept.Length > 0)
            {
                account[Secrets] = kept;
            }
        }
    }

    private static OrderedDictionary InUsualOrder(OrderedDictionary fields)
    {
        var ordered = new OrderedDictionary(StringComparer.Ordinal);
        foreach (var name in (string[])["apiVersion", "kind", Metadata])
        {
            ordered[name] = fields[name];
        }

        foreach (DictionaryEntry entry in fields)
        {
            ordered[entry.Key] = entry.Value;
        }

        return ordered;
    }
}
