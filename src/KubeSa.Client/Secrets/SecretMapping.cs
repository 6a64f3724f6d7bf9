using System.Globalization;
using KubeSa.Api;

namespace KubeSa.Client.Secrets;

/// <summary>Finds the fields of a Secret in a document.</summary>
internal static class SecretMapping
{
    internal static SecretDocument ToDocument(IReadOnlyDictionary<string, object?> fields, long line, string? kind)
    {
        var metadata = Fields(fields, "metadata", line);
        return new SecretDocument
        {
            Kind = fields.GetValueOrDefault("kind") as string ?? kind,
            Type = fields.GetValueOrDefault("type") as string,
            Namespace = metadata.GetValueOrDefault("namespace") as string,
            Name = metadata.GetValueOrDefault("name") as string,
            Uid = metadata.GetValueOrDefault("uid") as string,
            CreationTimestamp = Time(metadata.GetValueOrDefault("creationTimestamp") as string),
            Labels = Texts(metadata, "labels", line),
            Annotations = Texts(metadata, "annotations", line),
            Data = Texts(fields, "data", line),
            StringData = Texts(fields, "stringData", line),
        };
    }

    private static IReadOnlyDictionary<string, object?> Fields(IReadOnlyDictionary<string, object?> parent, string name, long line) =>
        parent.GetValueOrDefault(name) switch
        {
            null => new Dictionary<string, object?>(),
            IReadOnlyDictionary<string, object?> fields => fields,
            _ => throw new KubeApiException(
                FailureKind.InvalidSecret, $"In the document in line {line} the field '{name}' is no mapping."),
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
                _ => throw new KubeApiException(
                    FailureKind.InvalidSecret, $"In the document in line {line} a value of the field '{name}' is no text."),
            };
        }

        return texts;
    }

    private static DateTime? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.LocalDateTime
            : null;
}
