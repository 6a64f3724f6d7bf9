namespace KubeSa.Client.Yaml;

/// <summary>
/// A document of a YAML or JSON text. Its nodes are dictionaries, lists, strings and nulls, with a Damage in place of
/// what cannot be read: numbers and booleans stay as they are written. A class and no record: a record's ToString would
/// print the content.
/// </summary>
internal sealed class TextDocument(object? root, long line)
{
    /// <summary>How many damaged documents of one text are told of; behind them the rest is left unread, and that is told.</summary>
    internal const int MostDamaged = 100;

    /// <summary>The outermost node.</summary>
    internal object? Root { get; } = root;

    /// <summary>The line it begins in, counted from 1.</summary>
    internal long Line { get; } = line;

    /// <summary>What stands for all that is not read behind too many damaged documents.</summary>
    internal static TextDocument GivenUp(long line) =>
        new(new Damage($"{MostDamaged} documents before it are damaged, so nothing from here on was read"), line);
}
