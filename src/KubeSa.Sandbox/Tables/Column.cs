using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Tables;

/// <summary>A column of what kubectl get shows; priority 1 comes with <c>-o wide</c>. The cell is made of an object without kind.</summary>
internal sealed record Column(string Name, string Type, string Format, int Priority, string Description, Func<CellContext, JsonNode?> Cell)
{
    public JsonObject Definition() => new()
    {
        ["name"] = Name,
        ["type"] = Type,
        ["format"] = Format,
        ["description"] = Description,
        ["priority"] = Priority,
    };
}

/// <summary>What a cell is made of.</summary>
internal sealed record CellContext(JsonObject Object, DateTimeOffset Now);
