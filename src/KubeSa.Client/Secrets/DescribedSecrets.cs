using System.Text.RegularExpressions;
using KubeSa.Api;

namespace KubeSa.Client.Secrets;

/// <summary>
/// Reads what <c>kubectl describe secret</c> prints. Of a token Secret it shows the token, and of all other values the size.
/// </summary>
internal static partial class DescribedSecrets
{
    /// <summary>The Secrets of a print-out; null where the text is none.</summary>
    internal static List<SecretDocument>? Read(string text)
    {
        if (!text.AsSpan().TrimStart('\uFEFF').TrimStart().StartsWith("Name:", StringComparison.Ordinal))
        {
            return null;
        }

        var starts = Start().Matches(text).Select(found => found.Index).ToList();
        var parts = starts.Select((start, i) => text[start..(i + 1 < starts.Count ? starts[i + 1] : text.Length)]);
        var secrets = parts.Select(part => Secret(part, several: starts.Count > 1)).ToList();
        return secrets.Count == 0 || secrets.Contains(null) ? null : [.. secrets.OfType<SecretDocument>()];
    }

    private static SecretDocument? Secret(string text, bool several)
    {
        var type = Type().Match(text);
        if (!type.Success)
        {
            return null;
        }

        var token = Token().Match(text);
        return new SecretDocument
        {
            Kind = "Secret",
            Name = Field(text, "Name"),
            Namespace = Field(text, "Namespace"),
            Type = type.Groups[1].Value,
            Annotations = Block(text, "Annotations", ": "),
            Labels = Block(text, "Labels", "="),
            StringData = token.Success ? new Dictionary<string, string> { ["token"] = token.Groups[1].Value } : [],
            IsInList = several,
        };
    }

    private static string? Field(string text, string name) =>
        Regex.Match(text, $@"^{name}:[ \t]+(\S+)[ \t\r]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) is { Success: true } found
            ? found.Groups[1].Value
            : null;

    private static Dictionary<string, string> Block(string text, string name, string separator)
    {
        var block = Regex.Match(text, $@"^{name}:((?:.*\n)(?:[ \t]+.*\n)*)", RegexOptions.Multiline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)).Groups[1].Value;
        return block.Split('\n')
            .Select(line => line.Trim().Split(separator, 2))
            .Where(pair => pair.Length == 2)
            .DistinctBy(pair => pair[0])
            .ToDictionary(pair => pair[0], pair => pair[1]);
    }

    [GeneratedRegex(@"^Name:[ \t]+\S+[ \t\r]*$(?=[\s\S]*?^Type:)", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Start();

    [GeneratedRegex(@"^Type:[ \t]+(\S+)[ \t\r]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Type();

    [GeneratedRegex(@"^token:[ \t]+(\S+)[ \t\r]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Token();
}
