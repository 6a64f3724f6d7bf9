using System.Text;
using System.Text.Json;
using KubeSa.Api;
using KubeSa.Client.Yaml;

namespace KubeSa.Client.Resources;

/// <summary>Reads manifests: YAML or JSON, many documents, each as JSON. A damaged one does not take the others with it.</summary>
internal static class ManifestReader
{
    internal static IEnumerable<Manifest> Read(string text, CancellationToken stop)
    {
        if (IsJson(text))
        {
            return [new Manifest(Encoding.UTF8.GetBytes(text), null)];
        }

        return YamlText.Read(text, YamlScalars.Typed, stop).Where(document => document.Root is not null).Select(ToManifest);
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var parsed = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = TableJson.MostLevels });
            return parsed.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Manifest ToManifest(TextDocument document)
    {
        try
        {
            using var bytes = new MemoryStream();
            using (var json = new Utf8JsonWriter(bytes))
            {
                Write(json, document.Root);
            }

            return new Manifest(bytes.ToArray(), null);
        }
        catch (FormatException damage)
        {
            return new Manifest([], new KubeApiException(
                FailureKind.InvalidRequest, $"The manifest that begins in line {document.Line} cannot be read: {damage.Message}.", $"line {document.Line}"));
        }
    }

    private static void Write(Utf8JsonWriter json, object? node)
    {
        switch (node)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case IReadOnlyDictionary<string, object?> fields:
                json.WriteStartObject();
                foreach (var (name, value) in fields)
                {
                    json.WritePropertyName(name);
                    Write(json, value);
                }

                json.WriteEndObject();
                break;
            case IReadOnlyList<object?> items:
                json.WriteStartArray();
                foreach (var item in items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case Damage damage:
                throw new FormatException(damage.Why);
            default:
                json.WriteStringValue((string)node);
                break;
        }
    }
}
