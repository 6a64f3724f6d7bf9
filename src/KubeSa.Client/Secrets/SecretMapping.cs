using System.Globalization;
using KubeSa.Api;
using KubeSa.Client.Yaml;

namespace KubeSa.Client.Secrets;

/// <summary>Finds the fields of a Secret in a document. Fields of no interest to us may be damaged.</summary>
internal static class SecretMapping
{
    /// <summary>InvalidSecret where a field that counts cannot be read or is of another type than it should be.</summary>
    internal static SecretDocument ToDocument(IReadOnlyDictionary<string, object?> fields, long line, string? kind)
    {
        var metadata = Fields(fields, "metadata", line);
        return new SecretDocument
        {
            Kind = Text(fields, "kind", line) ?? kind,
            Type = Text(fields, "type", line),
            Namespace = Text(metadata, "namespace", line),
            Name = Text(metadata, "name", line),
            Uid = Text(metadata, "uid", line),
            CreationTimestamp = Time(Text(metadata, "creationTimestamp", line)),
            Labels = Texts(metadata, "labels", line),
            Annotations = Texts(metadata, "annotations", line),
            Data = Texts(fields, "data", line),
            StringData = Texts(fields, "stringData", line),
        };
    }

    /// <summary>The failure of a document, or of an object in it, that cannot be read.</summary>
    internal static KubeApiException Invalid(long line, string why) =>
        new(FailureKind.InvalidSecret, $"In the document in line {line} an object cannot be read: {why}.", $"line {line}");

    private static IReadOnlyDictionary<string, object?> Fields(IReadOnlyDictionary<string, object?> parent, string name, long line) =>
        parent.GetValueOrDefault(name) switch
        {
            null => new Dictionary<string, object?>(),
            IReadOnlyDictionary<string, object?> fields => fields,
            Damage damage => throw Invalid(line, damage.Why),
            _ => throw Invalid(line, $"its field '{name}' is not a mapping"),
        };

    private static string? Text(IReadOnlyDictionary<string, object?> parent, string name, long line) => parent.GetValueOrDefault(name) switch
    {
        null => null,
        string text => text,
        Damage damage => throw Invalid(line, damage.Why),
        _ => throw Invalid(line, $"its field '{name}' is not text"),
    };

    private static Dictionary<string, string> Texts(IReadOnlyDictionary<string, object?> parent, string name, long line)
    {
        var texts = new Dictionary<string, string>();
        foreach (var (key, value) in Fields(parent, name, line))
        {
            texts[key] = value switch
            {
                null => string.Empty,
                string text => text,
                Damage damage => throw Invalid(line, damage.Why),
                _ => throw Invalid(line, $"a value of its field '{name}' is not text"),
            };
        }

        return texts;
    }

    private static DateTime? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.LocalDateTime
            : null;
}
