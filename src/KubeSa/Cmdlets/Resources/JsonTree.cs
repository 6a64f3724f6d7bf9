using System.Collections.Specialized;
using System.Management.Automation;
using System.Numerics;
using System.Text.Json;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>
/// Makes of JSON what ConvertFrom-Json makes: objects with properties, arrays, long and double; but text stays text, a date
/// too, and keys that differ by case alone are kept, in a dictionary.
/// </summary>
internal static class JsonTree
{
    /// <summary>Schemas of custom resources are deeper than the 64 levels that the library takes by itself.</summary>
    internal const int MostLevels = 512;

    /// <summary>The value that JSON of one value stands for.</summary>
    internal static object? Read(ReadOnlySpan<byte> json)
    {
        var reader = Reader(json);
        reader.Read();
        return Value(ref reader);
    }

    internal static Utf8JsonReader Reader(ReadOnlySpan<byte> json) => new(json, new JsonReaderOptions { MaxDepth = MostLevels });

    /// <summary>A text that the reader is at.</summary>
    internal static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new KubeApiException(FailureKind.ProtocolError, "An object of the server holds text that is not valid Unicode.");
        }
    }

    internal static object? Value(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => Object(ref reader),
        JsonTokenType.StartArray => Array(ref reader),
        JsonTokenType.String => Text(ref reader),
        JsonTokenType.Number => Number(ref reader),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => null,
    };

    private static object Number(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var whole))
        {
            return whole;
        }

        var text = reader.ValueSpan;
        return text.IndexOfAny(".eE"u8) < 0 ? BigInteger.Parse(System.Text.Encoding.ASCII.GetString(text), System.Globalization.CultureInfo.InvariantCulture) : reader.GetDouble();
    }

    private static object?[] Array(ref Utf8JsonReader reader)
    {
        var items = new List<object?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Value(ref reader));
        }

        return [.. items];
    }

    private static object Object(ref Utf8JsonReader reader)
    {
        var fields = new List<(string Name, object? Value)>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Text(ref reader);
            reader.Read();
            fields.Add((name, Value(ref reader)));
        }

        if (!CanBeProperties(fields))
        {
            return Dictionary(fields);
        }

        var made = new PSObject();
        var properties = made.Properties;
        foreach (var (name, value) in fields)
        {
            properties.Add(new PSNoteProperty(name, value), preValidated: true);
        }

        return made;
    }

    /// <summary>PowerShell's properties have no case and need a name; the keys of a ConfigMap may be Key and key.</summary>
    private static bool CanBeProperties(List<(string Name, object? Value)> fields)
    {
        const int Few = 12;
        if (fields.Count > Few)
        {
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            return fields.TrueForAll(field => field.Name.Length > 0 && names.Add(field.Name));
        }

        for (var one = 0; one < fields.Count; one++)
        {
            if (fields[one].Name.Length == 0)
            {
                return false;
            }

            for (var other = one + 1; other < fields.Count; other++)
            {
                if (string.Equals(fields[one].Name, fields[other].Name, StringComparison.OrdinalIgnoreCase))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static OrderedDictionary Dictionary(List<(string Name, object? Value)> fields)
    {
        var made = new OrderedDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in fields)
        {
            made[name] = value;
        }

        return made;
    }
}
