using System.Text.RegularExpressions;
using KubeSa.Api;

namespace KubeSa.Secrecy;

/// <summary>
/// Finds tokens that somebody pasted where a name or a path belongs. What was given is what the failure is about, so it would be
/// its target and stand in its message.
/// </summary>
internal static partial class PastedCredential
{
    /// <summary>The parts of a target that look like a credential.</summary>
    internal static IEnumerable<string> PartsOf(FailureKind kind, string? target) => (kind, target) switch
    {
        (_, null) => [],
        (FailureKind.InvalidName, _) => target.Split('/', ':').Where(part => NoName().IsMatch(part)),

        // What is there has the name that it has: only what was not found may be no name at all. Of the path to a file only its own
        // name was typed; of anything else, such as a URL, all parts were.
        (FailureKind.InvalidRequest or FailureKind.FileNotFound or FailureKind.ContextNotFound, _)
            => (Path.IsPathRooted(target) ? target.Split('/', '\\').TakeLast(1) : target.Split('/', '\\', '?', '#')).Where(part => Token().IsMatch(part)),
        (_, _) when Path.IsPathRooted(target) && !Path.Exists(target)
            => target.Split('/', '\\').TakeLast(1).Where(part => Token().IsMatch(part)),
        _ => [],
    };

    /// <summary>The text without those parts.</summary>
    internal static string HideIn(string text, FailureKind kind, string? target) =>
        PartsOf(kind, target).Aggregate(text, (hidden, part) => hidden.Replace(part, Redactor.Mark, StringComparison.Ordinal));

    /// <summary>A path, or an address, without what cannot be the name of anything in it.</summary>
    internal static string HideInPath(string path) =>
        Part().Replace(path, part => Token().IsMatch(Uri.UnescapeDataString(part.Value)) ? Redactor.Mark : part.Value);

    [GeneratedRegex(@"[^/\\?&=' ,.]+", RegexOptions.CultureInvariant)]
    private static partial Regex Part();

    // Of a file's name, or one of a context: long, and of capitals, small letters and digits without a word's end.
    [GeneratedRegex(@"^\s*(?=\S*[a-z])(?=\S*[A-Z])(?=\S*[0-9])[A-Za-z0-9+=_~-]{24,}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    // No object can be called so, thus little is lost.
    [GeneratedRegex(@"^\s*(?=\S*[A-Z0-9])[A-Za-z0-9+=_.~-]{16,}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex NoName();
}
