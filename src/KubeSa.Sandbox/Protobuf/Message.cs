namespace KubeSa.Sandbox.Protobuf;

/// <summary>A message: its fields by their numbers.</summary>
internal sealed record Message(string Name, IReadOnlyDictionary<int, MessageField> Fields);

/// <summary>A field of a message.</summary>
/// <param name="Json">The name in JSON; a dot for a message whose fields are written among those of the one around it.</param>
/// <param name="Type">string, bool, int, bytes, time, microTime, intOrString, quantity, texts, json, or the name of a message.</param>
/// <param name="IsRepeated">Whether it is a list.</param>
/// <param name="IsMap">Whether it is a map from strings.</param>
/// <param name="KeepsZero">
/// Whether an empty value says something: Go's protobuf always sends what is no pointer, and JSON leaves it out then.
/// </param>
internal sealed record MessageField(string Json, string Type, bool IsRepeated, bool IsMap, bool KeepsZero)
{
    public bool IsInline => Json == ".";
}
