using System.Globalization;

namespace KubeSa.Analysis.Reports;

/// <summary>Draws what an account can reach, from left to right.</summary>
internal static class PathDrawingSvg
{
    private const int Width = 190;
    private const int Height = 34;
    private const int ColumnStep = Width + 130;
    private const int RowStep = Height + 30;
    private const int Margin = 8;
    private const int LongestLabel = 26;

    internal static void Write(HtmlText page, PathDrawing graph)
    {
        var (columns, rows) = (graph.Vertices.Max(vertex => vertex.Column) + 1, graph.Vertices.Max(vertex => vertex.Row) + 1);
        var (width, height) = ((columns - 1) * ColumnStep + Width + 2 * Margin, (rows - 1) * RowStep + Height + 2 * Margin);
        page.Raw("<div class=\"graph\" tabindex=\"0\" role=\"group\" aria-label=\"Graph; the chains below say the same\">\n");
        page.Raw(Invariant($"<svg role=\"img\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" xmlns=\"http://www.w3.org/2000/svg\">\n<title>"));
        page.Text($"What {graph.Vertices[0].Name} can reach: {graph.Vertices.Count - 1}").Raw("</title>\n");
        var places = graph.Vertices.ToDictionary(vertex => vertex.Name, StringComparer.Ordinal);
        foreach (var edge in graph.Edges)
        {
            WriteEdge(page, edge, places[edge.From], places[edge.To]);
        }

        foreach (var vertex in graph.Vertices)
        {
            WriteVertex(page, vertex);
        }

        page.Raw("</svg>\n</div>\n");
        if (graph.Left > 0)
        {
            page.Raw("<p>").Text($"{HtmlReport.Plural(graph.Left, "further step")} not drawn; the chains say all.").Raw("</p>\n");
        }
    }

    private static void WriteVertex(HtmlText page, PathDrawing.Vertex vertex)
    {
        var (x, y) = Place(vertex);
        page.Raw(Invariant($"<g class=\"{(vertex.Column == 0 ? "start" : "reached")}\"><rect x=\"{x}\" y=\"{y}\" width=\"{Width}\" height=\"{Height}\" rx=\"6\"/>"));
        page.Raw(Invariant($"<text x=\"{x + Width / 2}\" y=\"{y + Height / 2 + 4}\" text-anchor=\"middle\">")).Text(Short(vertex.Name));
        page.Raw("</text><title>").Text(vertex.Name).Raw("</title></g>\n");
    }

    private static void WriteEdge(HtmlText page, PathDrawing.Edge edge, PathDrawing.Vertex from, PathDrawing.Vertex to)
    {
        var (x1, y1) = (Place(from).X + Width, Place(from).Y + Height / 2);
        var (x2, y2) = (Place(to).X, Place(to).Y + Height / 2);
        var middle = (x1 + x2) / 2;
        page.Raw(Invariant($"<g class=\"edge {edge.Certainty.ToString().ToLowerInvariant()}\"><path d=\"M{x1} {y1} C{middle} {y1} {middle} {y2} {x2 - 7} {y2}\"/>"));
        page.Raw(Invariant($"<path class=\"head\" d=\"M{x2 - 8} {y2 - 4} L{x2} {y2} L{x2 - 8} {y2 + 4} Z\"/>"));
        page.Raw(Invariant($"<text x=\"{middle}\" y=\"{(y1 + y2) / 2 - 5}\" text-anchor=\"middle\">")).Text(Short(edge.Name));
        page.Raw("</text><title>").Text($"{edge.Name} ({edge.Certainty})").Raw("</title></g>\n");
    }

    private static (int X, int Y) Place(PathDrawing.Vertex vertex) => (Margin + vertex.Column * ColumnStep, Margin + vertex.Row * RowStep);

    // By its end, where names of one namespace differ.
    private static string Short(string name)
    {
        var plain = name.StartsWith("ServiceAccount ", StringComparison.Ordinal) ? name["ServiceAccount ".Length..] : name;
        return plain.Length <= LongestLabel ? plain : string.Concat("…", plain.AsSpan(plain.Length - LongestLabel + 1));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
