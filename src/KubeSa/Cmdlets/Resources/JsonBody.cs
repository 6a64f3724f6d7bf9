using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Text;
using System.Text.Json;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>Writes what users hand over, hashtables, objects and lists of such, as JSON, whole and however deep.</summary>
internal static class JsonBody
{
    internal static byte[] Of(object? value)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { MaxDepth = JsonTree.MostLevels }))
        {
            Write(json, value, 0);
        }

        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter json, object? value, int depth)
    {
        if (depth >= JsonTree.MostLevels)
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"The object is nested deeper than {JsonTree.MostLevels} levels; it may hold itself.");
        }

        var plain = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        switch (plain)
        {
            case null:
                json.WriteNullValue();
                break;
            case string or char or Guid or Uri or Version:
                json.WriteStringValue(Convert.ToString(plain, CultureInfo.InvariantCulture));
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case SwitchParameter given:
                json.WriteBooleanValue(given.IsPresent);
                break;
            case DateTime time:
                json.WriteStringValue(time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset time:
                json.WriteStringValue(time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
                break;
            case Enum named:
                json.WriteStringValue(named.ToString());
                break;
            case double or float or decimal or BigInteger or sbyte or byte or short or ushort or int or uint or long or ulong:
                json.WriteRawValue(((IFormattable)plain).ToString(null, CultureInfo.InvariantCulture));
                break;
            case byte[] bytes:
                json.WriteBase64StringValue(bytes);
                break;
            case IDictionary map:
                json.WriteStartObject();
                foreach (DictionaryEntry entry in map)
                {
                    json.WritePropertyName(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!);
                    Write(json, entry.Value, depth + 1);
                }

                json.WriteEndObject();
                break;
            case IEnumerable list:
                json.WriteStartArray();
                foreach (var item in list)
                {
                    Write(json, item, depth + 1);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStartObject();
                foreach (var property in PSObject.AsPSObject(plain).Properties)
                {
                    json.WritePropertyName(property.Name);
                    Write(json, property.Value, depth + 1);
                }

                json.WriteEndObject();
                break;
        }
    }

    /// <summary>Whether a text is JSON and not YAML.</summary>
    internal static bool IsJson(string text)
    {
        try
        {
            using var parsed = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = JsonTree.MostLevels });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    internal static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
