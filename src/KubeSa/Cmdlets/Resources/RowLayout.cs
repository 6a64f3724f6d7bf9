using System.Text;
using KubeSa.Api;
using KubeSa.Secrecy;

namespace KubeSa.Cmdlets;

/// <summary>
/// How the server's table is shown: as kubectl prints it, the columns as wide as the first page needs them.
/// </summary>
internal sealed class RowLayout
{
    private const string NamespaceLabel = "NAMESPACE";

    // kubectl's own.
    private const int Padding = 3;
    private const int LeastWidth = 6;

    private readonly List<(int Index, string Label, int Width)> _columns;
    private readonly int? _namespaceWidth;
    private readonly IReadOnlyList<ResourceColumn> _of;

    internal RowLayout(ResourceTable table, bool isWide, bool withNamespace)
    {
        _of = table.Columns;
        _namespaceWidth = withNamespace ? WidthOf(NamespaceLabel, table.NamespaceWidth) : null;
        _columns =
        [
            .. table.Columns.Select((column, index) => (Index: index, Label: Shown(column.Name.ToUpperInvariant()), column.Priority))
                .Where(column => isWide || column.Priority == 0)
                .Select(column => (column.Index, column.Label, WidthOf(column.Label, table.Widths[column.Index]))),
        ];
        Header = Line(NamespaceLabel, column => column.Label);
    }

    /// <summary>The line above the rows.</summary>
    internal string Header { get; }

    /// <summary>Whether rows of the table fit under the header.</summary>
    internal bool Fits(ResourceTable table) => ReferenceEquals(_of, table.Columns) || _of.SequenceEqual(table.Columns);

    internal string LineOf(ResourceItem row) =>
        Line(row.Namespace, column => column.Index < row.Cells.Count ? Shown(row.Cells[column.Index]) : string.Empty);

    /// <summary>What the columns show of a row, by their labels.</summary>
    internal IEnumerable<(string Label, string Text)> CellsOf(ResourceItem row) =>
        _columns.Select(column => (column.Label, column.Index < row.Cells.Count ? row.Cells[column.Index] : string.Empty));

    private string Line(string @namespace, Func<(int Index, string Label, int Width), string> text)
    {
        var line = new StringBuilder();
        if (_namespaceWidth is { } width)
        {
            line.Append(Shown(@namespace).PadRight(width));
        }

        foreach (var column in _columns)
        {
            line.Append(text(column).PadRight(column.Width));
        }

        return line.ToString().TrimEnd();
    }

    private static int WidthOf(string label, int longest) => Math.Max(LeastWidth, Math.Max(label.Length, longest) + Padding);

    private static string Shown(string text) => SafeName.Of(text);
}
