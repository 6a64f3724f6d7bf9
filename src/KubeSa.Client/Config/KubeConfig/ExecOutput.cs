using System.Text.Json.Nodes;
using KubeSa.Client.Yaml;

namespace KubeSa.Client.Config.KubeConfig;

/// <summary>What a credential plugin prints: JSON as a rule, but kubectl takes YAML as well, and so there are plugins that write it.</summary>
internal static class ExecOutput
{
    /// <summary>The output as JSON; scalars of YAML are text. FormatException where it is neither.</summary>
    internal static string ToJson(string output) => output.AsSpan().TrimStart() is ['{', ..] ? output
        : YamlText.Read(output).FirstOrDefault()?.Root is IReadOnlyDictionary<string, object?> fields ? ToJson(fields).ToJsonString()
        : throw new FormatException("It is no mapping in YAML.");

    private static JsonObject ToJson(IReadOnlyDictionary<string, object?> fields) => new(fields.Select(field => KeyValuePair.Create(field.Key, Value(field.Value))));

    // Lists mean nothing in an ExecCredential.
    private static JsonNode? Value(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> fields => ToJson(fields),
        string text => JsonValue.Create(text),
        _ => null,
    };
}
