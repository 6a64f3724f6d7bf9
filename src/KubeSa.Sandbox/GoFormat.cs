namespace KubeSa.Sandbox;

/// <summary>Values as Go prints them, for messages that carry them verbatim.</summary>
internal static class GoFormat
{
    /// <summary>A string as %q prints it.</summary>
    public static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    /// <summary>A list of strings as %q prints it: <c>["a" "b"]</c>.</summary>
    public static string Quote(IEnumerable<string> texts) => $"[{string.Join(' ', texts.Select(Quote))}]";
}
