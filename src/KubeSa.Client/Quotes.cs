namespace KubeSa.Client;

/// <summary>Words of others that may stand in our messages.</summary>
internal static class Quotes
{
    private const int Longest = 400;

    /// <summary>The text in one line, or null where there is nothing to quote or it looks as if it held a credential.</summary>
    internal static string? Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)
            || text.Contains("eyJ", StringComparison.Ordinal)
            || text.Contains("bearer ", StringComparison.OrdinalIgnoreCase)
            || text.Contains("authorization:", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var line = text.Trim().ReplaceLineEndings(" ");
        return line.Length <= Longest ? line : line[..Longest] + " ...";
    }
}
