using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using KubeSa.Sandbox.Schemas;

namespace KubeSa.Sandbox.Decoding;

/// <summary>As encoding/json says it, which servers since 1.23 decode with.</summary>
internal sealed partial class EncodingJsonWording : IMismatchWording
{
    public string Describe(Mismatch mismatch)
    {
        var found = mismatch.Found switch
        {
            JsonTokenType.StartObject => "object",
            JsonTokenType.StartArray => "array",
            JsonTokenType.Number => "number",
            JsonTokenType.True or JsonTokenType.False => "bool",
            _ => "string",
        };
        if (mismatch.Way.Count == 0)
        {
            return $"json: cannot unmarshal {found} into Go value of type {mismatch.Type}";
        }

        var path = Index().Replace(mismatch.Path, "");
        return $"json: cannot unmarshal {found} into Go struct field {mismatch.Way[^1].Struct}.{path} of type {GoNames.Of(mismatch.Type)}";
    }

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Index();
}

/// <summary>As the json-iterator library says it, which 1.20 decodes with: it quotes the text around the place.</summary>
internal sealed class JsonIteratorWording : IMismatchWording
{
    public string Describe(Mismatch mismatch)
    {
        var way = string.Concat(mismatch.Way.Select(s => $"v1.{s.Struct}.{s.GoField}: "));
        var (operation, expected) = mismatch.Type switch
        {
            "bool" => ("ReadBool", "expect t or f, but found "),
            "int64" => ("readUint64", "unexpected character: "),
            var t when t.StartsWith("map[", StringComparison.Ordinal) => ("ReadMapCB", "expect { or n, but found "),
            var t when t.StartsWith("[]", StringComparison.Ordinal) => ("decode slice", "expect [ or n, but found "),
            var t when AllSchemas.Find(t.Replace("v1.", "", StringComparison.Ordinal)) is not null => ("ReadObject", "expect { or , or } or n, but found "),
            _ => ("ReadString", "expects \" or n, but found "),
        };
        var head = mismatch.At + 1;
        var near = Around(mismatch.Text, head, 10);
        return $"{way}{operation}: {expected}{(char)mismatch.Text[mismatch.At]}, error found in #{Math.Min(10, head)} byte of " +
            $"...|{near}|..., bigger context ...|{Around(mismatch.Text, head, 50)}|...";
    }

    private static string Around(byte[] text, int head, int bytes) =>
        Encoding.UTF8.GetString(text[Math.Max(0, head - bytes)..Math.Min(text.Length, head + bytes)]);
}

internal static class GoNames
{
    /// <summary>The type as Go prints it: known structs carry their package.</summary>
    public static string Of(string type) =>
        type.StartsWith("[]", StringComparison.Ordinal) ? "[]" + Of(type[2..])
        : AllSchemas.Find(type) is null ? type : "v1." + type;
}
