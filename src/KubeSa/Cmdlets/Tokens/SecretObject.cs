using System.Collections;
using System.Globalization;
using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>Reads Secrets from what ConvertFrom-Json makes: custom objects, or hashtables with -AsHashtable.</summary>
internal static class SecretObject
{
    // As deep as Lists in a text; an object may contain itself.
    private const int DeepestList = 8;

    /// <summary>The Secrets of an object; with a Problem in place of what cannot be read.</summary>
    internal static IEnumerable<SecretDocument> Read(object? instance, int depth = 0)
    {
        if (instance is null)
        {
            return [Broken("An item of the list is null.", "null")];
        }

        var fields = PSObject.AsPSObject(instance);
        if (Get(fields, "items") is not { } items || !(Get(fields, "kind") as string ?? "List").EndsWith("List", StringComparison.Ordinal))
        {
            return Alone(fields) ?? [Single(fields, inList: depth > 0)];
        }

        return depth == DeepestList
            ? [Broken($"Lists contain each other more than {DeepestList} times, so this may be a list that contains itself.", "List")]
            : (LanguagePrimitives.GetEnumerable(items)?.Cast<object?>() ?? [items]).SelectMany(item => Read(item, depth + 1));
    }

    private static SecretDocument Single(PSObject instance, bool inList)
    {
        try
        {
            var document = Document(instance);
            document.IsInList = inList;
            return document;
        }
        catch (KubeApiException failure)
        {
            return new SecretDocument { Problem = failure };
        }
    }

    private static SecretDocument Broken(string why, string target) =>
        new() { Problem = new KubeApiException(FailureKind.InvalidSecret, why, target) };

    /// <summary>Objects that hold a token without being a Secret, as in a text; null for all else.</summary>
    private static IEnumerable<SecretDocument>? Alone(PSObject fields)
    {
        var kind = Get(fields, "kind") as string;
        if (kind is "TokenRequest" or "ExecCredential" && Inner(fields, "status") is { } status && Get(status, "token") is string issued)
        {
            return ClientLoadContext.Gateway.ReadSecrets(issued, CancellationToken.None);
        }

        if (kind is "Config" && LanguagePrimitives.GetEnumerable(Get(fields, "users")) is { } users)
        {
            return users.Cast<object?>().Where(user => user is not null)
                .Select(user => Inner(PSObject.AsPSObject(user!), "user") is { } credentials ? Get(credentials, "token") as string : null)
                .OfType<string>()
                .SelectMany(token => ClientLoadContext.Gateway.ReadSecrets(token, CancellationToken.None));
        }

        return kind is null && Get(fields, "metadata") is null && Get(fields, "data") is null && Get(fields, "token") is string data
            ? [new SecretDocument { Kind = "Secret", Type = SecretDocument.TokenType, Data = Texts(fields, "ca.crt", "namespace", "token"), StringData = data.Contains('.') ? Texts(fields, "token") : [] }]
            : null;
    }

    private static Dictionary<string, string> Texts(PSObject fields, params string[] names) =>
        names.Where(name => Get(fields, name) is string).ToDictionary(name => name, name => (string)Get(fields, name)!);

    private static PSObject? Inner(PSObject fields, string name) => Get(fields, name) is IDictionary or PSObject ? PSObject.AsPSObject(Get(fields, name)!) : null;

    private static SecretDocument Document(PSObject instance)
    {
        if (Get(instance, "metadata") is null && Get(instance, "data") is null)
        {
            throw new KubeApiException(
                FailureKind.InvalidSecret,
                $"An object of type {instance.BaseObject.GetType().Name} is not a Secret: it has neither metadata nor data. "
                + "Pipe YAML or JSON text, objects from ConvertFrom-Json, or use -Path.",
                instance.BaseObject.GetType().Name);
        }

        var metadata = Get(instance, "metadata") switch
        {
            null => new PSObject(),
            IDictionary or PSObject => PSObject.AsPSObject(Get(instance, "metadata")!),
            _ => throw WrongType("metadata", "a mapping"),
        };
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

    private static object? Get(PSObject instance, string name) =>
        ScalarText.Unwrap(instance.BaseObject is IDictionary table ? table[name] : instance.Properties[name]?.Value);

    private static string? Text(PSObject instance, string name) =>
        ScalarText.TryGet(Get(instance, name), out var text) ? text : throw WrongType(name, "text");

    private static Dictionary<string, string> Map(PSObject instance, string name)
    {
        var entries = Get(instance, name) switch
        {
            null => [],
            IDictionary table => table.Cast<DictionaryEntry>().Select(entry => (entry.Key.ToString()!, entry.Value)),
            PSObject { BaseObject: PSCustomObject } fields => Fields(fields),
            _ => throw WrongType(name, "a mapping"),
        };
        var map = new Dictionary<string, string>();
        foreach (var (key, value) in entries)
        {
            map[key] = ScalarText.TryGet(value, out var text) ? text ?? string.Empty : throw WrongType(name, "a mapping of texts");
        }

        return map;
    }

    private static IEnumerable<(string Key, object? Value)> Fields(PSObject fields) =>
        fields.Properties.Where(property => property.MemberType == PSMemberTypes.NoteProperty).Select(property => (property.Name, (object?)property.Value));

    private static KubeApiException WrongType(string field, string expected) =>
        new(FailureKind.InvalidSecret, $"The field '{field}' of an object is not {expected}, so the object is not a Secret.", field);

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
