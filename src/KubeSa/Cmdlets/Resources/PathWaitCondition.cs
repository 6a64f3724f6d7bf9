using System.Management.Automation;
using System.Text.Json;
using System.Text.RegularExpressions;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>
/// A field has a value, or any: the paths of kubectl wait --for=jsonpath that lead to one value, as <c>{.status.phase}=Running</c>,
/// <c>{.status.loadBalancer.ingress[0].ip}</c> and <c>{.metadata.labels['app']}=web</c>.
/// </summary>
internal sealed partial class PathWaitCondition : WaitCondition
{
    private readonly string _path;
    private readonly IReadOnlyList<string> _steps;
    private readonly string? _wanted;

    private PathWaitCondition(string path, IReadOnlyList<string> steps, string? wanted) => (_path, _steps, _wanted) = (path, steps, wanted);

    /// <summary>Reads what is behind jsonpath=.</summary>
    internal static PathWaitCondition Parse(string text)
    {
        var match = Form().Match(text.Trim().Trim('\''));
        return match.Success
            ? new PathWaitCondition(
                match.Groups["path"].Value,
                [.. match.Groups["step"].Captures.Select(step => step.Value.Trim('.', '[', ']', '\'', '"'))],
                match.Groups["value"] is { Success: true } value ? value.Value.Trim('"', '\'') : null)
            : throw new KubeApiException(
                FailureKind.InvalidRequest,
                $"'jsonpath={text}' is not a path to one field. Write it as 'jsonpath={{.status.phase}}=Running', or use a script block for what it cannot say.");
    }

    internal override bool IsMet(JsonElement json, Func<PSObject> made) =>
        Value(json) is { } value && (_wanted is null || value == _wanted);

    internal override string Lacks(JsonElement json) => Value(json) is { } value ? $"its {_path} is '{value}'" : $"it has no {_path}";

    private string? Value(JsonElement json)
    {
        foreach (var step in _steps)
        {
            json = json.ValueKind == JsonValueKind.Array && int.TryParse(step, out var index)
                ? index < json.GetArrayLength() ? json[index] : default
                : JsonPaths.Child(json, step);
        }

        return json.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null
            : json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetRawText()
            : json.ToString();
    }

    // kubectl takes the braces, and in PowerShell quotes around all of it.
    [GeneratedRegex("""^'?\{?(?<path>(?<step>\.[\w-]+|\[\d+\]|\['[^']+'\]|\["[^"]+"\])+)\}?'?(=(?<value>.+))?$""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Form();
}
