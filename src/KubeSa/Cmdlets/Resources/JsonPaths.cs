using System.Text.Json;

namespace KubeSa.Cmdlets;

/// <summary>Reads single fields of an object of the server; what is missing or of another type is none.</summary>
internal static class JsonPaths
{
    /// <summary>A field; of kind Undefined where there is none.</summary>
    internal static JsonElement Child(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var child) ? child : default;

    /// <summary>A text; null where there is none.</summary>
    internal static string? Text(JsonElement json, string name) => Child(json, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A whole number; null where there is none.</summary>
    internal static long? Number(JsonElement json, string name) =>
        Child(json, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;
}
