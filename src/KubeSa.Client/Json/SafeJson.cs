using System.Text.Json;

namespace KubeSa.Client.Json;

/// <summary>
/// Reads JSON that may hold half of a surrogate pair (\ud800), which is good JSON and no text: the library throws where it
/// meets one, in a name that was not even asked for, too. Here it is null, as what is missing or of another type is.
/// </summary>
internal static class SafeJson
{
    /// <summary>A field of an object; null where there is none or the element is not an object.</summary>
    internal static JsonElement? Find(JsonElement? parent, string name)
    {
        if (parent is not { ValueKind: JsonValueKind.Object } element)
        {
            return null;
        }

        try
        {
            return element.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            // One of the names is not text; the last of those that are and fit counts, as with the library.
            return element.EnumerateObject().Where(property => NameOf(property) == name).Select(property => (JsonElement?)property.Value).LastOrDefault();
        }
    }

    /// <summary>The text of a field; null where there is none.</summary>
    internal static string? Text(JsonElement? parent, string name) => Find(parent, name) is { } value ? TextOf(value) : null;

    /// <summary>The text of a value; null where it is none.</summary>
    internal static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The name of a field; null where it is not text.</summary>
    internal static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
