using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;

namespace KubeSa.Cmdlets;

/// <summary>
/// Values that are one text. Collections and objects are none: PowerShell would write the name of their type, or walk
/// through one that contains itself until the stack ends, and the session with it.
/// </summary>
internal static class ScalarText
{
    /// <summary>The value without PowerShell's wrapping; null for what a command gave that gave nothing.</summary>
    internal static object? Unwrap(object? value) => value switch
    {
        _ when ReferenceEquals(value, AutomationNull.Value) => null,
        PSObject { BaseObject: not PSCustomObject } wrapped => wrapped.BaseObject,
        _ => value,
    };

    /// <summary>The value as text, numbers as they are written everywhere; false where it is no single value.</summary>
    internal static bool TryGet(object? value, out string? text)
    {
        var plain = Unwrap(value);
        text = plain switch
        {
            null => null,
            string given => given,
            Enum or bool or char or Guid or Uri or Version => plain.ToString(),
            PSObject => null,
            IConvertible or IFormattable => Convert.ToString(plain, CultureInfo.InvariantCulture),
            _ => null,
        };
        return text is not null || plain is null;
    }
}
