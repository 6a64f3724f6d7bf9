using System.Text.RegularExpressions;

namespace KubeSa.Rbac;

/// <summary>Selectors of labels in one text: <c>a=b,tier in (web,db),!old</c>, and as aggregation rules are shown, <c>a exists</c>.</summary>
internal static partial class LabelSelectorText
{
    /// <summary>Whether the labels fit. An empty selector fits all, as the server has it.</summary>
    internal static bool Matches(string selector, IReadOnlyDictionary<string, string> labels) =>
        Requirement().Matches(selector).All(part => Fits(part, labels));

    private static bool Fits(Match part, IReadOnlyDictionary<string, string> labels)
    {
        var value = labels.GetValueOrDefault(part.Groups["key"].Value);
        return part.Groups["operator"].Value switch
        {
            "" or "exists" => value is not null,
            "doesnotexist" => value is null,
            "in" => value is not null && Values(part).Contains(value),
            "notin" => value is null || !Values(part).Contains(value),
            "!=" => value != part.Groups["value"].Value,
            _ => value == part.Groups["value"].Value,
        };
    }

    private static string[] Values(Match part) => part.Groups["values"].Value.Split(',');

    [GeneratedRegex(@"(?<key>[^\s,=!()]+)(\s*(?<operator>==|!=|=)\s*(?<value>[^,\s]*)|\s+(?<operator>in|notin)\s*\((?<values>[^)]*)\)|\s+(?<operator>exists|doesnotexist))?")]
    private static partial Regex Requirement();
}
