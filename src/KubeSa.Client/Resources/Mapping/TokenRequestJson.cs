using System.Text.Json;
using KubeSa.Api;
using KubeSa.Client.Json;

namespace KubeSa.Client.Resources.Mapping;

/// <summary>Writes TokenRequests and reads the answers to them.</summary>
internal static class TokenRequestJson
{
    internal static byte[] Write(TokenSpec spec)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion"u8, "authentication.k8s.io/v1"u8);
            json.WriteString("kind"u8, "TokenRequest"u8);
            json.WriteStartObject("spec"u8);
            json.WriteStartArray("audiences"u8);
            foreach (var audience in spec.Audiences)
            {
                json.WriteStringValue(audience);
            }

            json.WriteEndArray();
            if (spec.Duration is { } time)
            {
                json.WriteNumber("expirationSeconds"u8, (long)Math.Ceiling(time.TotalSeconds));
            }

            if (spec.BoundKind is { } kind)
            {
                json.WriteStartObject("boundObjectRef"u8);
                json.WriteString("apiVersion"u8, "v1"u8);
                json.WriteString("kind"u8, kind.ToString());
                json.WriteString("name"u8, spec.BoundName);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    /// <summary>The token and until when the server says it is good, in UTC.</summary>
    internal static (string Token, DateTime ExpiresAt) Read(ReadOnlySpan<byte> body)
    {
        var json = JsonFields.Begin(body);
        string? token = null;
        DateTime? expiresAt = null;
        while (JsonFields.NextField(ref json))
        {
            if (JsonFields.Is(ref json, "status"u8))
            {
                Status(ref json, ref token, ref expiresAt);
            }
            else
            {
                json.Skip();
            }
        }

        JsonFields.End(ref json);
        return string.IsNullOrEmpty(token) || expiresAt is null
            ? throw new FormatException("A TokenRequest has no status.token or no status.expirationTimestamp.")
            : (token, expiresAt.Value);
    }

    private static void Status(ref Utf8JsonReader json, ref string? token, ref DateTime? expiresAt)
    {
        if (!JsonFields.Enter(ref json))
        {
            return;
        }

        while (JsonFields.NextField(ref json))
        {
            if (JsonFields.Is(ref json, "token"u8))
            {
                token = JsonFields.Text(ref json);
            }
            else if (JsonFields.Is(ref json, "expirationTimestamp"u8))
            {
                expiresAt = JsonFields.Time(ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }
}
