namespace KubeSa.Api;

/// <summary>An object as the server sent it, with its row of the server's table.</summary>
/// <param name="Namespace">Its namespace; empty where it lives in none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Json">The object, UTF-8; its own memory and not a part of a page's.</param>
/// <param name="Cells">What the server's table shows of it, a text for each column.</param>
/// <param name="Table">The table, the same instance for all rows of a page.</param>
public sealed record ResourceItem(string Namespace, string Name, ReadOnlyMemory<byte> Json, IReadOnlyList<string> Cells, ResourceTable Table);

/// <summary>The table of a page.</summary>
/// <param name="Columns">Its columns.</param>
public sealed record ResourceTable(IReadOnlyList<ResourceColumn> Columns)
{
    private readonly int[] _widths = new int[Columns.Count];

    /// <summary>The length of the longest text in each column, their names not counted.</summary>
    public IReadOnlyList<int> Widths => _widths;

    /// <summary>The length of the longest namespace.</summary>
    public int NamespaceWidth { get; private set; }

    /// <summary>Takes note of a row.</summary>
    internal void Measure(string @namespace, IReadOnlyList<string> cells)
    {
        NamespaceWidth = Math.Max(NamespaceWidth, @namespace.Length);
        for (var column = 0; column < Math.Min(_widths.Length, cells.Count); column++)
        {
            _widths[column] = Math.Max(_widths[column], cells[column].Length);
        }
    }
}

/// <summary>A column of the server's table.</summary>
/// <param name="Name">Its name, such as "Up-to-date"; kubectl shows it in capitals.</param>
/// <param name="Priority">0 where it is always shown; more where only a wide table has it.</param>
public sealed record ResourceColumn(string Name, long Priority);
