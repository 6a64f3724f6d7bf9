using System.Management.Automation;

namespace KubeSa.Completion;

/// <summary>What all completers share: how a word begins, and quotes where a name needs them.</summary>
internal static class CompletionText
{
    internal static string Unquote(string? word) => (word ?? string.Empty).Trim('\'', '"');

    internal static bool Matches(string name, string? word) =>
        name.StartsWith(Unquote(word), StringComparison.OrdinalIgnoreCase);

    internal static CompletionResult Result(string name, string tip)
    {
        var plain = name is "$true" or "$false" || name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '/');
        var text = plain ? name : $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";
        return new CompletionResult(text, name, CompletionResultType.ParameterValue, tip);
    }
}
