using System.Text;
using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Protobuf;

/// <summary>The fields of a small message by their numbers, for those that JSON does not write as an object.</summary>
internal sealed class ProtobufFields
{
    private readonly Dictionary<int, long> _numbers = [];
    private readonly Dictionary<int, List<byte[]>> _bytes = [];

    public static ProtobufFields Of(ReadOnlySpan<byte> message)
    {
        var parts = new ProtobufFields();
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.WireType == WireReader.VarintType)
            {
                parts._numbers[reader.Field] = (long)reader.Varint();
            }
            else if (reader.WireType == WireReader.BytesType)
            {
                parts._bytes.TryAdd(reader.Field, []);
                parts._bytes[reader.Field].Add(reader.Bytes().ToArray());
            }
            else
            {
                throw new FormatException($"wire type {reader.WireType} in field {reader.Field}");
            }
        }

        return parts;
    }

    public long Number(int field) => _numbers.GetValueOrDefault(field);

    public byte[] Raw(int field) => _bytes.TryGetValue(field, out var values) ? values[^1] : [];

    public string Text(int field) => Encoding.UTF8.GetString(Raw(field));

    public JsonArray Texts(int field) => [.. _bytes.GetValueOrDefault(field, []).Select(b => JsonValue.Create(Encoding.UTF8.GetString(b)))];
}
