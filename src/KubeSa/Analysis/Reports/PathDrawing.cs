namespace KubeSa.Analysis.Reports;

/// <summary>The steps of all paths of one account as a graph in columns: what is reached by one step, by two, and so on.</summary>
internal sealed class PathDrawing
{
    /// <summary>The most that is drawn; more is no picture any more, and the chains below it say all.</summary>
    internal const int MostVertices = 60;

    internal PathDrawing(string account, IEnumerable<EscalationPath> paths)
    {
        var start = $"ServiceAccount {account}";
        var columns = new Dictionary<string, int>(StringComparer.Ordinal) { [start] = 0 };
        var edges = new List<Edge>();
        foreach (var step in paths.SelectMany(path => path.Steps.Select((step, index) => (step, Column: index + 1))))
        {
            var from = step.Column == 1 ? start : step.step.From;
            if (!columns.TryGetValue(step.step.To, out var column))
            {
                if (columns.Count == MostVertices)
                {
                    Left++;
                    continue;
                }

                columns.Add(step.step.To, step.Column);
            }
            else if (step.Column < column)
            {
                columns[step.step.To] = step.Column;
            }

            if (columns.ContainsKey(from) && !edges.Exists(edge => edge.From == from && edge.To == step.step.To && edge.Name == step.step.Edge))
            {
                edges.Add(new Edge(from, step.step.To, step.step.Edge, step.step.Certainty));
            }
        }

        Edges = edges;
        Vertices = [.. columns.GroupBy(vertex => vertex.Value)
            .SelectMany(column => column.Select((vertex, row) => new Vertex(vertex.Key, vertex.Value, row)))];
    }

    /// <summary>What is reached, with its place.</summary>
    internal IReadOnlyList<Vertex> Vertices { get; }

    /// <summary>How it is reached.</summary>
    internal IReadOnlyList<Edge> Edges { get; }

    /// <summary>How many were left out.</summary>
    internal int Left { get; }

    internal sealed record Vertex(string Name, int Column, int Row);

    internal sealed record Edge(string From, string To, string Name, EscalationCertainty Certainty);
}
