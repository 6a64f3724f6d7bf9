using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Schemas;

/// <summary>Leaves out what Go's omitempty leaves out, and writes what it always writes.</summary>
internal static class Pruning
{
    public static void Prune(JsonObject obj, Schema? schema)
    {
        if (schema is null)
        {
            return;
        }

        foreach (var field in schema.Fields)
        {
            var value = obj[field.Json];
            var inner = AllSchemas.Find(field.Type.Replace("[]", "", StringComparison.Ordinal));
            foreach (var child in value is JsonArray many ? many.AsEnumerable() : [value])
            {
                if (child is JsonObject structure)
                {
                    Prune(structure, inner);
                }
            }

            if (field.IsAlwaysWritten)
            {
                if (value is null)
                {
                    obj[field.Json] = EmptyOf(field.Type, inner);
                }
            }
            else if (IsEmpty(value, field.Type))
            {
                obj.Remove(field.Json);
            }
        }
    }

    private static JsonNode? EmptyOf(string type, Schema? inner) =>
        type.StartsWith("[]", StringComparison.Ordinal) ? null : inner is not null ? new JsonObject() : type is "string" or "types.UID" ? "" : null;

    // A pointer to a bool or a number is written when it is set, whatever it is set to.
    private static bool IsEmpty(JsonNode? value, string type) => value switch
    {
        null => true,
        JsonObject obj => obj.Count == 0 && type != "any",
        JsonArray array => array.Count == 0,
        _ => value.GetValueKind() == JsonValueKind.String && value.GetValue<string>().Length == 0,
    };
}
