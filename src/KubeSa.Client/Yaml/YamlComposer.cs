using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubeSa.Client.Yaml;

/// <summary>
/// Puts the events of one document together to nodes. An alias shares the node of its anchor and is not copied; an
/// anchor can be used only after its node has ended, so that there are no cycles. What aliases unfold to is counted all
/// the same, for whoever walks the nodes later meets all of it.
/// </summary>
/// <param name="parser">Where the events come from.</param>
/// <param name="first">The line in which the parser's text begins.</param>
/// <param name="stop">Ends the reading.</param>
/// <param name="typed">What plain scalars mean; null to leave them as they are written.</param>
internal sealed class YamlComposer(IParser parser, long first, CancellationToken stop, Func<Scalar, object>? typed = null)
{
    /// <summary>
    /// How many values the aliases and merge keys of one document may repeat. What stands in the text itself is bounded by
    /// its length; real kubeconfigs and manifests repeat a few dozen values, if any.
    /// </summary>
    internal const int MostRepeated = 100_000;

    private const int Deepest = 64;
    private const string Merge = "<<";

    private readonly Dictionary<AnchorName, (object? Node, long Weight)> _anchors = [];
    private long _repeated;

    /// <summary>Composes the node at which the parser stands and moves the parser behind it.</summary>
    internal object? Compose() => Compose(0).Node;

    /// <summary>The node, and how many values it holds when its aliases are unfolded.</summary>
    private (object? Node, long Weight) Compose(int depth)
    {
        stop.ThrowIfCancellationRequested();
        var start = parser.Current!;
        if (depth > Deepest)
        {
            throw new YamlException(start.Start, start.End, "nested too deeply");
        }

        (object? Node, long Weight) made;
        switch (start)
        {
            case AnchorAlias alias:
                return Repeat(alias);
            case Scalar scalar:
                parser.MoveNext();
                made = (IsNull(scalar) ? null : typed?.Invoke(scalar) ?? scalar.Value, 1);
                break;
            case SequenceStart:
                made = Sequence(depth);
                break;
            case MappingStart:
                made = Mapping(depth);
                break;
            default:
                throw new YamlException(start.Start, start.End, "no node");
        }

        if (start is NodeEvent { Anchor: { IsEmpty: false } anchor })
        {
            _anchors[anchor] = made;
        }

        return made;
    }

    private (object? Node, long Weight) Repeat(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value, out var anchored))
        {
            throw new YamlException(alias.Start, alias.End, "unknown anchor");
        }

        _repeated += anchored.Weight;
        if (_repeated > MostRepeated)
        {
            throw new YamlBudgetException(first + alias.Start.Line - 1);
        }

        parser.MoveNext();
        return anchored;
    }

    private (object Node, long Weight) Sequence(int depth)
    {
        var items = new List<object?>();
        var weight = 1L;
        parser.MoveNext();
        while (parser.Current is not SequenceEnd)
        {
            var (item, itemWeight) = Compose(depth + 1);
            items.Add(item);
            weight += itemWeight;
        }

        parser.MoveNext();
        return (items, weight);
    }

    private (object Node, long Weight) Mapping(int depth)
    {
        var fields = new Dictionary<string, object?>();
        var merged = new List<object?>();
        Damage? damage = null;
        var weight = 1L;
        parser.MoveNext();
        while (parser.Current is not MappingEnd)
        {
            var start = parser.Current!;
            var (key, _) = Compose(depth + 1);
            var (value, valueWeight) = Compose(depth + 1);
            weight += 1 + valueWeight;
            if (start is Scalar { Value: Merge, Style: ScalarStyle.Plain })
            {
                merged.Add(value);
            }
            else if ((key ?? (start as Scalar)?.Value) is not string name)
            {
                damage ??= new Damage($"a key is not text in line {LineOf(start)}");
            }
            else if (!fields.TryAdd(name, value))
            {
                damage ??= new Damage($"a field stands twice in the same mapping, the second time in line {LineOf(start)}");
            }
        }

        parser.MoveNext();
        damage ??= Fill(fields, merged);
        return (damage ?? (object)fields, weight);
    }

    private long LineOf(ParsingEvent start) => first + start.Start.Line - 1;

    // https://yaml.org/type/merge.html: what the mapping says itself wins, then the earlier of those merged.
    private static Damage? Fill(Dictionary<string, object?> fields, List<object?> merged)
    {
        foreach (var source in merged.SelectMany(m => m is List<object?> several ? several : [m]))
        {
            if (source is not Dictionary<string, object?> others)
            {
                return source as Damage ?? new Damage("a merge key (<<) names something that is not a mapping");
            }

            foreach (var (key, value) in others)
            {
                fields.TryAdd(key, value);
            }
        }

        return null;
    }

    private static bool IsNull(Scalar scalar) =>
        scalar.Style is ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";
}
