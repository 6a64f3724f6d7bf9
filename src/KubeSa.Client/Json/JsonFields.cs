using System.Text.Json;

namespace KubeSa.Client.Json;

/// <summary>
/// Reads values of the server's JSON from the bytes. What is null is as good as missing, as the client library has it;
/// what is of another type than it should be is a FormatException, which failures tell as an answer that cannot be read.
/// </summary>
internal static class JsonFields
{
    /// <summary>Reads the whole of a body, which must be one object and nothing else.</summary>
    internal static Utf8JsonReader Begin(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        json.Read();
        return json.TokenType == JsonTokenType.StartObject ? json : throw new FormatException("An answer is not a JSON object.");
    }

    /// <summary>Finds anything behind the object that was read.</summary>
    internal static void End(ref Utf8JsonReader json)
    {
        if (json.Read())
        {
            throw new FormatException("Something follows the JSON object of an answer.");
        }
    }

    /// <summary>Goes on to the next field's name; false at the end of the object.</summary>
    internal static bool NextField(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.PropertyName;

    /// <summary>Goes on into the value of a field, which should be an object; false where it is null.</summary>
    internal static bool Enter(ref Utf8JsonReader json) => Enter(ref json, JsonTokenType.StartObject);

    /// <summary>The same for a field that should be an array.</summary>
    internal static bool EnterArray(ref Utf8JsonReader json) => Enter(ref json, JsonTokenType.StartArray);

    /// <summary>Goes on to the next object of an array; false at the array's end.</summary>
    internal static bool NextObject(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType switch
        {
            JsonTokenType.StartObject => true,
            JsonTokenType.EndArray => false,
            _ => throw new FormatException("An array holds something that is not an object."),
        };
    }

    /// <summary>The name of the field that was gone on to.</summary>
    internal static string Name(ref Utf8JsonReader json) => Decode(ref json);

    /// <summary>Whether the name or text that was gone on to is this one; half a surrogate pair is none, where the library throws.</summary>
    internal static bool Is(ref Utf8JsonReader json, ReadOnlySpan<byte> text)
    {
        try
        {
            return json.ValueTextEquals(text);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    internal static string? Text(ref Utf8JsonReader json)
    {
        json.Read();
        return Value(ref json);
    }

    /// <param name="json">At the name of the field.</param>
    /// <param name="likely">What it may well be, which then is taken for it instead of a copy.</param>
    internal static string? Text(ref Utf8JsonReader json, string? likely)
    {
        json.Read();
        return likely is not null && json is { TokenType: JsonTokenType.String, ValueIsEscaped: false } && json.ValueTextEquals(likely) ? likely : Value(ref json);
    }

    internal static bool? Flag(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Null => null,
            _ => throw new FormatException("A field is neither true nor false."),
        };
    }

    internal static long? Number(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.Number when json.TryGetInt64(out var number) => number,
            _ => throw new FormatException("A field is no whole number."),
        };
    }

    /// <summary>A time in UTC.</summary>
    internal static DateTime? Time(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String when json.TryGetDateTimeOffset(out var time) => time.UtcDateTime,
            _ => throw new FormatException("A field is no time."),
        };
    }

    internal static string[] Texts(ref Utf8JsonReader json)
    {
        if (!EnterArray(ref json))
        {
            return [];
        }

        var all = new List<string>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            all.Add(Value(ref json) ?? string.Empty);
        }

        return [.. all];
    }

    /// <summary>The fields of an object that maps text to text; null where it is null.</summary>
    internal static Dictionary<string, string>? Map(ref Utf8JsonReader json)
    {
        if (!Enter(ref json))
        {
            return null;
        }

        var map = new Dictionary<string, string>();
        while (NextField(ref json))
        {
            map[Name(ref json)] = Text(ref json) ?? string.Empty;
        }

        return map;
    }

    private static bool Enter(ref Utf8JsonReader json, JsonTokenType start)
    {
        json.Read();
        return json.TokenType == start
            || (json.TokenType == JsonTokenType.Null ? false : throw new FormatException("A field is of another type than it should be."));
    }

    /// <summary>The text that the reader is at; null for null.</summary>
    internal static string? Value(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.String => Decode(ref json),
        JsonTokenType.Null => null,
        _ => throw new FormatException("A field is not text."),
    };

    private static string Decode(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new FormatException("A field holds text that is no Unicode.");
        }
    }
}
