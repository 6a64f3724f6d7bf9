using System.Collections;
using System.Globalization;
using System.Management.Automation;
using KubeSa.Secrecy;

namespace KubeSa.Cmdlets;

/// <summary>
/// Hidden properties of what Invoke-KubeRestMethod gives, for its views. The objects hold what the server sent, as it is; what
/// is shown of them holds no credential and nothing that a terminal obeys.
/// </summary>
public static class RestAnswerProperties
{
    // As PowerShell shows lists where $FormatEnumerationLimit is not set.
    private const int Shown = 4;
    private const string Ellipsis = "\u2026";

    /// <summary>The names of its fields and their values, a line each, as Format-List has them.</summary>
    public static object? ListText(PSObject instance)
    {
        var fields = Fields(instance).ToList();
        var width = fields.Select(field => field.Name.Length).DefaultIfEmpty().Max();
        return string.Join(Environment.NewLine, fields.Select(field => $"{field.Name.PadRight(width)} : {Text(field.Value, isNested: false)}"));
    }

    /// <summary>A field of the server's would hide ours of the same name, and so is shown as ours are.</summary>
    internal static PSObject Prepare(PSObject made)
    {
        foreach (var name in (string[])[nameof(ListText), nameof(AnswerText)])
        {
            if (made.Properties[name] is PSNoteProperty { Value: { } value } field)
            {
                field.Value = value is string ? ShownValue.Of(value) : value;
            }
        }

        return made;
    }

    /// <summary>The same on one line.</summary>
    public static object? AnswerText(PSObject instance) => Text(instance, isNested: false);

    private static IEnumerable<(string Name, object? Value)> Fields(object? instance) => instance switch
    {
        PSObject { BaseObject: PSCustomObject } made => made.Properties.Where(property => property is PSNoteProperty).Select(property => (SafeName.Of(property.Name), (object?)property.Value)),
        PSObject made => Fields(made.BaseObject),
        IDictionary entries => entries.Keys.Cast<object>().Select(key => (SafeName.Of(key.ToString() ?? string.Empty), entries[key])),
        _ => [],
    };

    // What is in an object of an object is not shown, which PowerShell does not either.
    private static string Text(object? value, bool isNested) => value switch
    {
        null => string.Empty,
        string text => SafeName.Of(text),
        ShownValue shown => shown.ToString(),
        object?[] items => $"{{{string.Join(", ", items.Take(Shown).Select(item => Text(item, isNested)))}{(items.Length > Shown ? Ellipsis : string.Empty)}}}",
        PSObject or IDictionary => isNested ? string.Empty : $"@{{{string.Join("; ", Fields(value).Select(field => $"{field.Name}={Text(field.Value, isNested: true)}"))}}}",
        _ => Convert.ToString(value, CultureInfo.CurrentCulture) ?? string.Empty,
    };
}
