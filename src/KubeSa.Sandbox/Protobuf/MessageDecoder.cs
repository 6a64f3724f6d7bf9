using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Protobuf;

/// <summary>A field the table does not have: what came cannot be passed on whole.</summary>
internal sealed class UnknownFieldException(string message) : Exception(message);

/// <summary>
/// Makes of a message the object that the same client would have sent as JSON. Throws FormatException for what is no such message, and
/// <see cref="UnknownFieldException"/> for a field that is not in the table.
/// </summary>
internal static class MessageDecoder
{
    public static JsonObject Decode(ReadOnlySpan<byte> bytes, Message message)
    {
        var result = new JsonObject();
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            var field = message.Fields.GetValueOrDefault(reader.Field)
                ?? throw new UnknownFieldException($"{message.Name} has no field {reader.Field}");
            Add(result, field, ref reader);
        }

        return result;
    }

    private static void Add(JsonObject result, MessageField field, ref WireReader reader)
    {
        if (field.IsMap)
        {
            var (key, value) = Entry(Bytes(ref reader), field);
            result.Child(field.Json)[key] = value;
        }
        else if (field.IsRepeated)
        {
            if (result[field.Json] is not JsonArray list)
            {
                list = [];
                result[field.Json] = list;
            }

            list.Add(Value(field.Type, ref reader));
        }
        else if (field.IsInline)
        {
            foreach (var (name, value) in Decode(Bytes(ref reader), MessageTable.Get(field.Type)))
            {
                result[name] = value?.DeepClone();
            }
        }
        else
        {
            var value = Value(field.Type, ref reader);
            if (field.KeepsZero || !IsZero(value, field.Type))
            {
                result[field.Json] = value;
            }
        }
    }

    private static (string Key, JsonNode? Value) Entry(ReadOnlySpan<byte> bytes, MessageField field)
    {
        var (key, value) = ("", default(JsonNode));
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                key = Encoding.UTF8.GetString(Bytes(ref reader));
            }
            else
            {
                value = Value(field.Type, ref reader);
            }
        }

        return (key, value);
    }

    private static JsonNode? Value(string type, ref WireReader reader)
    {
        if (type is "int" or "bool")
        {
            var number = reader.WireType == WireReader.VarintType ? (long)reader.Varint() : throw WrongType(reader);
            return type == "int" ? JsonValue.Create(number) : JsonValue.Create(number != 0);
        }

        var bytes = Bytes(ref reader);
        return type switch
        {
            "string" => JsonValue.Create(Encoding.UTF8.GetString(bytes)),
            "bytes" => JsonValue.Create(Convert.ToBase64String(bytes)),
            "time" => Time(bytes, "yyyy-MM-dd'T'HH:mm:ss'Z'"),
            "microTime" => Time(bytes, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"),
            "quantity" => ProtobufFields.Of(bytes).Text(1),
            "intOrString" => ProtobufFields.Of(bytes) is var parts && parts.Number(1) == 0 ? JsonValue.Create(parts.Number(2)) : parts.Text(3),
            "texts" => ProtobufFields.Of(bytes).Texts(1),
            "json" => ProtobufFields.Of(bytes).Raw(1) is { Length: > 0 } raw ? JsonNode.Parse(raw) : null,
            _ => Decode(bytes, MessageTable.Get(type)),
        };
    }

    private static ReadOnlySpan<byte> Bytes(ref WireReader reader) =>
        reader.WireType == WireReader.BytesType ? reader.Bytes() : throw WrongType(reader);

    // A time that was never set is an empty message, and null in JSON.
    private static JsonValue? Time(ReadOnlySpan<byte> bytes, string format)
    {
        if (bytes.IsEmpty)
        {
            return null;
        }

        var parts = ProtobufFields.Of(bytes);
        var time = DateTimeOffset.FromUnixTimeSeconds(parts.Number(1)).AddTicks(parts.Number(2) / TimeSpan.NanosecondsPerTick);
        return JsonValue.Create(time.ToString(format, CultureInfo.InvariantCulture));
    }

    private static bool IsZero(JsonNode? value, string type) => type switch
    {
        "string" or "bytes" => (string?)value is "",
        "int" => (long?)value == 0,
        "bool" => (bool?)value == false,
        _ => false,
    };

    private static FormatException WrongType(WireReader reader) => new($"wire type {reader.WireType} in field {reader.Field}");
}
