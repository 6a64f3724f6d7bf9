using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubeSa.Client.Yaml;

/// <summary>What plain scalars mean to kubectl, whose library goes by YAML 1.1: 0644 is octal, and yes and on are true.</summary>
internal static partial class YamlScalars
{
    /// <summary>A bool, a long, a double or the text itself.</summary>
    internal static object Typed(Scalar scalar)
    {
        var text = scalar.Value;
        if (scalar.Style != ScalarStyle.Plain || !scalar.Tag.IsEmpty)
        {
            return text;
        }

        return text switch
        {
            "true" or "True" or "TRUE" or "y" or "Y" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => true,
            "false" or "False" or "FALSE" or "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => false,
            _ => Number(text.Replace("_", string.Empty, StringComparison.Ordinal)) ?? text,
        };
    }

    private static object? Number(string text)
    {
        if (Whole().Match(text) is { Success: true } whole)
        {
            var digits = whole.Groups["digits"].Value;
            var radix = whole.Groups["radix"].Value switch { "0x" => 16, "0b" => 2, "0o" or "0" => 8, _ => 10 };
            try
            {
                return whole.Groups["minus"].Success ? -Convert.ToInt64(digits, radix) : Convert.ToInt64(digits, radix);
            }
            catch (Exception failure) when (failure is OverflowException or FormatException or ArgumentException)
            {
                return null;
            }
        }

        return Real().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) ? real : null;
    }

    [GeneratedRegex("^[+]?(?<minus>-)?((?<radix>0x)(?<digits>[0-9a-fA-F]+)|(?<radix>0b)(?<digits>[01]+)|(?<radix>0o?)(?<digits>[0-7]+)|(?<digits>0|[1-9][0-9]*))$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Real();
}
