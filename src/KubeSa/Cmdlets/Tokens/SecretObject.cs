using System.Collections;
using System.Globalization;
using System.Management.Automation;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>Reads Secrets from what ConvertFrom-Json makes: custom objects, or hashtables with -AsHashtable.</summary>
internal static class SecretObject
{
    internal static IEnumerable<SecretDocument> Read(PSObject instance)
    {
        if (Get(instance, "items") is { } items && (Text(instance, "kind") ?? "List").EndsWith("List", StringComparison.Ordinal))
        {
            return LanguagePrimitives.GetEnumerable(items)?.Cast<object?>()
                .Where(item => item is not null)
                .SelectMany(item => Read(PSObject.AsPSObject(item!))) ?? [];
        }

        return [Document(instance)];
    }

    private static SecretDocument Document(PSObject instance)
    {
        if (Get(instance, "metadata") is null && Get(instance, "data") is null)
        {
            throw new KubeApiException(
                FailureKind.InvalidSecret,
                $"An object of type {instance.BaseObject.GetType().Name} is no Secret: it has neither metadata nor data. "
                + "Pipe YAML or JSON text, objects from ConvertFrom-Json, or use -Path.",
                instance.BaseObject.GetType().Name);
        }

        var metadata = Get(instance, "metadata") is { } inner ? PSObject.AsPSObject(inner) : new PSObject();
        return new SecretDocument
        {
            Kind = Text(instance, "kind"),
            Type = Text(instance, "type"),
            Namespace = Text(metadata, "namespace"),
            Name = Text(metadata, "name"),
            Uid = Text(metadata, "uid"),
            CreationTimestamp = Time(Get(metadata, "creationTimestamp")),
            Labels = Map(metadata, "labels"),
            Annotations = Map(metadata, "annotations"),
            Data = Map(instance, "data"),
            StringData = Map(instance, "stringData"),
        };
    }

    private static object? Get(PSObject instance, string name)
    {
        var value = instance.BaseObject is IDictionary table ? table[name] : instance.Properties[name]?.Value;
        return value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
    }

    private static string? Text(PSObject instance, string name) =>
        Get(instance, name) is { } value ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    private static Dictionary<string, string> Map(PSObject instance, string name)
    {
        var map = new Dictionary<string, string>();
        switch (Get(instance, name))
        {
            case IDictionary table:
                foreach (DictionaryEntry entry in table)
                {
                    map[entry.Key.ToString()!] = Convert.ToString(entry.Value, CultureInfo.InvariantCulture) ?? string.Empty;
                }

                break;
            case { } value:
                foreach (var property in PSObject.AsPSObject(value).Properties.Where(p => p.MemberType == PSMemberTypes.NoteProperty))
                {
                    map[property.Name] = Convert.ToString(property.Value, CultureInfo.InvariantCulture) ?? string.Empty;
                }

                break;
        }

        return map;
    }

    // ConvertFrom-Json makes a DateTime of what looks like one; with -AsHashtable and -DateKind it may stay text.
    private static DateTime? Time(object? value) => value switch
    {
        DateTime time => time.ToLocalTime(),
        DateTimeOffset time => time.LocalDateTime,
        string text when DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time.LocalDateTime,
        _ => null,
    };
}
