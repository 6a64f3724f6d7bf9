using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace KubeSa.Secrecy;

/// <summary>
/// Names that a server sent, as they may be shown: on one line, without credentials and without control characters. Most names of
/// Kubernetes can hold neither; for those of a server that sends others, what is shown is what the object holds.
/// </summary>
internal static class SafeName
{
    // Of these consist DNS labels and subdomains, users of service accounts, most roles and paths.
    private const int LongestLabel = 63;

    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.:/*_");

    /// <summary>The name; nearly always as it is, which costs next to nothing.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    internal static string? Of(string? text) =>
        text is null || (text.Length <= LongestLabel && !text.AsSpan().ContainsAnyExcept(Plain)) ? text : ControlCharacters.ShowOnOneLine(Redactor.Redact(text));

    /// <summary>Some of them.</summary>
    [return: NotNullIfNotNull(nameof(texts))]
    internal static string[]? All(string[]? texts) => texts is null ? null : Array.ConvertAll(texts, text => Of(text)!);
}
