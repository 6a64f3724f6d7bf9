namespace KubeSa.Client.Secrets;

/// <summary>
/// A document of a YAML or JSON text. Its nodes are dictionaries, lists, strings and nulls: numbers and booleans stay
/// as they are written. A class and no record: a record's ToString would print the content.
/// </summary>
internal sealed class TextDocument(object? root, long line)
{
    /// <summary>The outermost node.</summary>
    internal object? Root { get; } = root;

    /// <summary>The line it begins in, counted from 1.</summary>
    internal long Line { get; } = line;
}
