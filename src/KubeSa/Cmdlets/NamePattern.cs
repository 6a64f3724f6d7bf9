using System.Management.Automation;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>A name as a user gives it: literal, or with PowerShell's wildcards.</summary>
internal sealed class NamePattern
{
    private readonly WildcardPattern? _pattern;
    private readonly StringComparison _comparison;

    internal NamePattern(string text, bool ignoreCase = true)
    {
        KubeName.RefuseOption(text);
        Text = text;
        _comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        _pattern = WildcardPattern.ContainsWildcardCharacters(text)
            ? WildcardPattern.Get(text, WildcardOptions.CultureInvariant | (ignoreCase ? WildcardOptions.IgnoreCase : WildcardOptions.None))
            : null;
    }

    internal string Text { get; }

    /// <summary>Whether nothing matching is silence and no error.</summary>
    internal bool IsWildcard => _pattern is not null;

    internal bool Matches(string name) => _pattern?.IsMatch(name) ?? string.Equals(name, Text, _comparison);
}
