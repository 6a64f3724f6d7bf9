using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubeSa.Client.Secrets;

/// <summary>
/// Puts the events of one document together to nodes. An alias shares the node of its anchor and is not copied, so
/// that nested aliases cost nothing; an anchor can be used only after its node has ended, so that there are no cycles.
/// </summary>
internal sealed class YamlComposer(IParser parser)
{
    private const int Deepest = 64;
    private const string Merge = "<<";

    private readonly Dictionary<AnchorName, object?> _anchors = [];

    /// <summary>Composes the node at which the parser stands and moves the parser behind it.</summary>
    internal object? Compose(int depth = 0)
    {
        var start = parser.Current!;
        if (depth > Deepest)
        {
            throw new YamlException(start.Start, start.End, "nested too deeply");
        }

        object? node;
        switch (start)
        {
            case AnchorAlias alias:
                if (!_anchors.TryGetValue(alias.Value, out node))
                {
                    throw new YamlException(start.Start, start.End, "unknown anchor");
                }

                parser.MoveNext();
                return node;
            case Scalar scalar:
                parser.MoveNext();
                node = IsNull(scalar) ? null : scalar.Value;
                break;
            case SequenceStart:
                node = Sequence(depth);
                break;
            case MappingStart:
                node = Mapping(depth);
                break;
            default:
                throw new YamlException(start.Start, start.End, "no node");
        }

        if (start is NodeEvent { Anchor: { IsEmpty: false } anchor })
        {
            _anchors[anchor] = node;
        }

        return node;
    }

    private List<object?> Sequence(int depth)
    {
        var items = new List<object?>();
        parser.MoveNext();
        while (parser.Current is not SequenceEnd)
        {
            items.Add(Compose(depth + 1));
        }

        parser.MoveNext();
        return items;
    }

    private Dictionary<string, object?> Mapping(int depth)
    {
        var fields = new Dictionary<string, object?>();
        var merged = new List<object?>();
        parser.MoveNext();
        while (parser.Current is not MappingEnd)
        {
            var key = Compose(depth + 1) as string;
            var value = Compose(depth + 1);
            if (key == Merge)
            {
                merged.Add(value);
            }
            else if (key is not null)
            {
                fields[key] = value;
            }
        }

        parser.MoveNext();
        Fill(fields, merged);
        return fields;
    }

    // https://yaml.org/type/merge.html: what the mapping says itself wins, then the earlier of those merged.
    private static void Fill(Dictionary<string, object?> fields, List<object?> merged)
    {
        foreach (var source in merged.SelectMany(m => m is List<object?> several ? several : [m]))
        {
            foreach (var (key, value) in source as Dictionary<string, object?> ?? [])
            {
                fields.TryAdd(key, value);
            }
        }
    }

    private static bool IsNull(Scalar scalar) =>
        scalar.Style is ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";
}
