using System.Text.RegularExpressions;

namespace KubeSa.Sandbox.Operations;

/// <summary>Durations as Go writes them: 3s, 1m30s, 250ms.</summary>
internal static partial class GoDuration
{
    public static bool IsValid(string text) => text == "0" || Pattern().IsMatch(text);

    [GeneratedRegex(@"^[+-]?(\d+(\.\d*)?(ns|us|µs|ms|s|m|h))+\z")]
    private static partial Regex Pattern();
}
