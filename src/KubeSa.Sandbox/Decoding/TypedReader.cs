using System.Text.Json;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Schemas;

namespace KubeSa.Sandbox.Decoding;

/// <summary>
/// Reads JSON into a tree as Go reads it into a struct: of a field given twice the last counts, unknown fields are dropped, a value
/// of the wrong type is refused; all of it noted in Go's words.
/// </summary>
internal ref struct TypedReader(ReadOnlySpan<byte> text, IMismatchWording wording)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private readonly IMismatchWording _wording = wording;
    private Utf8JsonReader _reader = new(text);

    /// <summary>What strict decoding complains of, in order: <c>unknown field "x"</c>, <c>duplicate field "y"</c>.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Reads the whole text as a struct; throws FormatException for a value of the wrong type.</summary>
    public JsonObject Read(Schema? schema)
    {
        _reader.Read();
        return ReadStruct(schema, [], "");
    }

    private JsonObject ReadStruct(Schema? schema, List<Step> way, string path)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            throw Mismatch(way, path, schema is null ? "map[string]interface {}" : $"v1.{schema.Name}");
        }

        var result = new JsonObject();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var name = _reader.GetString()!;
            var whole = path.Length == 0 ? name : $"{path}.{name}";
            _reader.Read();
            var field = schema?.Find(name);
            if (schema is not null && field is null && !(path.Length == 0 && name is "kind" or "apiVersion"))
            {
                Complaints.Add($"unknown field \"{whole}\"");
                _reader.Skip();
                continue;
            }

            var value = field is null ? ReadAny(whole) : ReadValue(field.Type, [.. way, new Step(schema!.Name, field.Go)], whole);
            if (result.Remove(name))
            {
                Complaints.Add($"duplicate field \"{whole}\"");
            }

            result.Add(name, value);
        }

        return result;
    }

    private JsonNode? ReadValue(string type, List<Step> way, string path)
    {
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (type == "any")
        {
            return ReadAny(path);
        }

        if (type.StartsWith("[]", StringComparison.Ordinal) && type != "[]uint8")
        {
            return ReadArray(type, way, path);
        }

        if (type.StartsWith("map[string]", StringComparison.Ordinal))
        {
            return ReadMap(type, way, path);
        }

        if (AllSchemas.Find(type) is { } schema)
        {
            return ReadStruct(schema, way, path);
        }

        var fits = type switch
        {
            "bool" => _reader.TokenType is JsonTokenType.True or JsonTokenType.False,
            "int64" => _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out _),
            _ => _reader.TokenType == JsonTokenType.String,
        };
        return fits ? ReadAny(path) : throw Mismatch(way, path, type);
    }

    private JsonArray ReadArray(string type, List<Step> way, string path)
    {
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            throw Mismatch(way, path, type);
        }

        var result = new JsonArray();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            result.Add(ReadValue(type[2..], way, $"{path}[{result.Count}]"));
        }

        return result;
    }

    private JsonObject ReadMap(string type, List<Step> way, string path)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            throw Mismatch(way, path, type);
        }

        var result = new JsonObject();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var name = _reader.GetString()!;
            _reader.Read();
            var value = ReadValue(type["map[string]".Length..], way, $"{path}.{name}");
            if (result.Remove(name))
            {
                Complaints.Add($"duplicate field \"{path}.{name}\"");
            }

            result.Add(name, value);
        }

        return result;
    }

    private JsonNode? ReadAny(string path) => _reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadStruct(null, [], path),
        JsonTokenType.StartArray => ReadArray("[]any", [], path),
        JsonTokenType.String => JsonValue.Create(_reader.GetString()),
        JsonTokenType.True => JsonValue.Create(true),
        JsonTokenType.False => JsonValue.Create(false),
        JsonTokenType.Number => _reader.TryGetInt64(out var number) ? JsonValue.Create(number) : JsonValue.Create(_reader.GetDouble()),
        _ => null,
    };

    private readonly FormatException Mismatch(List<Step> way, string path, string type) =>
        new(_wording.Describe(new Mismatch(_reader.TokenType, way, path, type, (int)_reader.TokenStartIndex, _text.ToArray())));
}

/// <summary>A Go struct and a field of it, on the way to a value.</summary>
internal sealed record Step(string Struct, string GoField);

/// <summary>A value of the wrong type: what it is, where, and what was expected.</summary>
internal sealed record Mismatch(JsonTokenType Found, IReadOnlyList<Step> Way, string Path, string Type, int At, byte[] Text);

/// <summary>How a server words a value of the wrong type.</summary>
internal interface IMismatchWording
{
    string Describe(Mismatch mismatch);
}
