using KubeSa.Api;

namespace KubeSa.Client.Secrets;

/// <summary>
/// Reads the Secrets in YAML or JSON text as kubectl writes it: one or many documents, Lists among them. Lazy: what
/// comes before a broken document is read all the same.
/// </summary>
internal sealed class SecretReader
{
    private const int DeepestList = 8;

    // Without aliases a text cannot hold more nodes than characters; with them a few lines could name billions.
    private int _nodesLeft;

    private SecretReader(int nodes) => _nodesLeft = nodes;

    /// <summary>
    /// The objects of the text, Secrets or not; InvalidSecret, with the line and without the content, where a document
    /// is broken.
    /// </summary>
    internal static IEnumerable<SecretDocument> Read(string text)
    {
        var documents = JsonText.Looks(text) ? JsonText.Read(text) : YamlText.Read(text);
        var reader = new SecretReader(text.Length);
        return documents.SelectMany(document => reader.Objects(document.Root, document.Line, itemKind: null, depth: 0));
    }

    private IEnumerable<SecretDocument> Objects(object? node, long line, string? itemKind, int depth)
    {
        if (_nodesLeft-- <= 0)
        {
            throw new KubeApiException(FailureKind.InvalidSecret, $"The document in line {line} repeats its lists by aliases without end.");
        }

        switch (node)
        {
            case null:
                return [];
            case IReadOnlyList<object?> items when depth < DeepestList:
                return items.SelectMany(item => Objects(item, line, itemKind, depth + 1));
            case IReadOnlyDictionary<string, object?> fields when IsList(fields, out var items, out var kindOfItems) && depth < DeepestList:
                return items.SelectMany(item => Objects(item, line, kindOfItems, depth + 1));
            case IReadOnlyDictionary<string, object?> fields:
                return [SecretMapping.ToDocument(fields, line, itemKind)];
            default:
                throw new KubeApiException(FailureKind.InvalidSecret, $"The document in line {line} is no Kubernetes object.");
        }
    }

    // The items of a SecretList do not say their kind: the server leaves it out.
    private static bool IsList(
        IReadOnlyDictionary<string, object?> fields, out IReadOnlyList<object?> items, out string? itemKind)
    {
        const string Suffix = "List";
        items = [];
        itemKind = null;
        if (fields.GetValueOrDefault("kind") is not string kind || !kind.EndsWith(Suffix, StringComparison.Ordinal))
        {
            return false;
        }

        itemKind = kind.Length > Suffix.Length ? kind[..^Suffix.Length] : null;
        items = fields.GetValueOrDefault("items") as IReadOnlyList<object?> ?? [];
        return true;
    }
}
