using System.Runtime.InteropServices;
using KubeSa.Rbac;

namespace KubeSa.Analysis.Reach;

/// <summary>Vertices and edges, as they are added and as they are searched.</summary>
internal sealed class ReachGraph
{
    private readonly Dictionary<Vertex, int> _numbers = [];
    private readonly List<Vertex> _vertices = [];
    private readonly List<ReachEdge> _edges = [];
    private readonly List<List<ReachEdge>?> _out = [];
    private readonly List<List<ReachEdge>?> _in = [];

    internal IReadOnlyList<ReachEdge> Edges => _edges;

    internal int Count => _vertices.Count;

    internal Vertex this[int number] => _vertices[number];

    /// <summary>The number of a vertex, which is added where it is new.</summary>
    internal int Number(Vertex vertex)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, vertex, out var exists);
        if (!exists)
        {
            number = _vertices.Count;
            _vertices.Add(vertex);
            _out.Add(null);
            _in.Add(null);
        }

        return number;
    }

    /// <summary>The number of a vertex; null where there is none.</summary>
    internal int? Find(Vertex vertex) => _numbers.TryGetValue(vertex, out var number) ? number : null;

    /// <summary>The halves of what takes two.</summary>
    internal IEnumerable<int> Halves => Enumerable.Range(0, _vertices.Count).Where(number => _vertices[number].Kind == VertexKind.Half);

    internal bool Has(Vertex vertex) => _numbers.ContainsKey(vertex);

    internal IReadOnlyList<ReachEdge> From(int number) => (IReadOnlyList<ReachEdge>?)_out[number] ?? [];

    internal IReadOnlyList<ReachEdge> To(int number) => (IReadOnlyList<ReachEdge>?)_in[number] ?? [];

    /// <summary>Something that somebody does.</summary>
    internal void Step(Vertex from, Vertex to, string name, EscalationCertainty certainty, string condition, params HeldRule[] supports) =>
        Add(new ReachEdge(Number(from), Number(to), name, certainty, supports, condition));

    /// <summary>Something that follows by itself.</summary>
    internal void Follows(Vertex from, Vertex to, EscalationCertainty certainty = EscalationCertainty.Certain, string? condition = null) =>
        Add(new ReachEdge(Number(from), Number(to), string.Empty, certainty, [], condition));

    internal void Add(ReachEdge edge)
    {
        _edges.Add(edge);
        (_out[edge.From] ??= new List<ReachEdge>(2)).Add(edge);
        (_in[edge.To] ??= new List<ReachEdge>(2)).Add(edge);
    }
}
