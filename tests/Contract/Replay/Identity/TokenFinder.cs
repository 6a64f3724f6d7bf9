using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KubeSa.Contract.Replay.Identity;

/// <summary>Finds tokens in a tree, bare or in base64.</summary>
internal static partial class TokenFinder
{
    public static IEnumerable<string> Of(JsonNode? tree)
    {
        var text = tree?.ToJsonString() ?? "";
        return Bare().Matches(text).Select(match => match.Value)
            .Concat(Encoded().Matches(text.Replace("\\u002B", "+", StringComparison.Ordinal)).Select(match => Encoding.UTF8.GetString(Convert.FromBase64String(match.Value))))
            .Distinct();
    }

    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")]
    private static partial Regex Bare();

    [GeneratedRegex("ZXlK[A-Za-z0-9+/]{60,}={0,2}")]
    private static partial Regex Encoded();
}
