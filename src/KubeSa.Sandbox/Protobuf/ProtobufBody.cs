using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Protobuf;

/// <summary>
/// Bodies of type application/vnd.kubernetes.protobuf, as kubectl sends them since 1.32: four magic bytes, then an envelope (the
/// message Unknown of k8s.io/apimachinery/pkg/runtime) that says the kind and holds the object.
/// </summary>
internal static class ProtobufBody
{
    public const string MediaType = "application/vnd.kubernetes.protobuf";

    /// <summary>
    /// The object as JSON; null when its kind, or a field of it, is not among those the sandbox can read. Throws FormatException when
    /// the bytes are no such body.
    /// </summary>
    public static byte[]? ToJson(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith("k8s\0"u8))
        {
            throw new FormatException("it does not begin with k8s and a zero byte");
        }

        var envelope = ProtobufFields.Of(body[4..]);
        var type = ProtobufFields.Of(envelope.Raw(1));
        var (apiVersion, kind) = (type.Text(1), type.Text(2));
        if (MessageTable.OfKind(apiVersion, kind) is not { } message)
        {
            return null;
        }

        var json = new JsonObject { ["kind"] = kind, ["apiVersion"] = apiVersion };
        try
        {
            foreach (var (name, value) in MessageDecoder.Decode(envelope.Raw(2), message))
            {
                json[name] = value?.DeepClone();
            }
        }
        catch (UnknownFieldException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw new FormatException($"a part that should be JSON is none: {e.Message}", e);
        }

        return Json.ToUtf8(json);
    }
}
