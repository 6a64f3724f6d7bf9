namespace KubeSa.Sandbox.Schemas;

/// <summary>A field of a Go struct: its JSON name, its Go name, its Go type, and whether it is written when it is empty.</summary>
internal sealed record Field(string Json, string Go, string Type, bool IsAlwaysWritten);

/// <summary>A Go struct by its name without package. No fields means: not known here, anything goes.</summary>
internal sealed class Schema(string name, IReadOnlyList<Field> fields)
{
    private readonly Dictionary<string, Field> _byJson = fields.ToDictionary(f => f.Json);

    public string Name { get; } = name;
    public IReadOnlyList<Field> Fields { get; } = fields;

    public Field? Find(string json) => _byJson.GetValueOrDefault(json);
}
