using KubeSa.Api;
using KubeSa.Client.Yaml;

namespace KubeSa.Client.Secrets;

/// <summary>
/// Reads the Secrets in YAML or JSON text as kubectl writes it: one or many documents, Lists among them. Lazy, and
/// nothing is left out silently: in place of what cannot be read stands a document with a Problem.
/// </summary>
internal static class SecretReader
{
    private const int DeepestList = 8;

    /// <summary>
    /// The objects of the text, Secrets or not; with the Problem InvalidSecret, which has the line and not the content,
    /// where one cannot be read.
    /// </summary>
    internal static IEnumerable<SecretDocument> Read(string text, CancellationToken stop = default)
    {
        if (JsonText.Looks(text))
        {
            return Objects(JsonText.Read(text, stop));
        }

        // No YAML, although the last two would pass for a text in it.
        if ((TokenTexts.Read(text) is { } token ? [token] : DescribedSecrets.Read(text)) is { } found)
        {
            return found;
        }

        return TokenTexts.ReadGoMap(text) is { } map ? Objects(map, 1, itemKind: null, depth: 0) : Objects(YamlText.Read(text, stop: stop));
    }

    private static IEnumerable<SecretDocument> Objects(IEnumerable<TextDocument> documents) =>
        documents.SelectMany(document => document.Root is null ? [] : Objects(document.Root, document.Line, itemKind: null, depth: 0));

    private static IEnumerable<SecretDocument> Objects(object? node, long line, string? itemKind, int depth) => node switch
    {
        null => [Broken(line, "an item of the list is null")],
        Damage damage => [Broken(line, damage.Why)],
        IReadOnlyList<object?> items when depth < DeepestList => items.SelectMany(item => Objects(item, line, itemKind, depth + 1)),
        IReadOnlyDictionary<string, object?> fields when KindOfList(fields) is { } kind && depth < DeepestList =>
            Items(fields.GetValueOrDefault("items"), line, kind.Length > 0 ? kind : null, depth + 1),
        IReadOnlyDictionary<string, object?> fields => CredentialForms.Read(fields) ?? [Single(fields, line, itemKind, inList: depth > 0)],
        _ => [Broken(line, "it is not a Kubernetes object")],
    };

    private static IEnumerable<SecretDocument> Items(object? items, long line, string? itemKind, int depth) => items switch
    {
        // The server writes an empty list as null.
        null => [],
        string => [Broken(line, "the 'items' of the list are text")],

        // A single item, as tools write it that take a list of one for the one.
        _ => Objects(items, line, itemKind, depth),
    };

    private static SecretDocument Single(IReadOnlyDictionary<string, object?> fields, long line, string? itemKind, bool inList)
    {
        try
        {
            var document = SecretMapping.ToDocument(fields, line, itemKind);
            document.IsInList = inList;
            return document;
        }
        catch (KubeApiException failure)
        {
            return new SecretDocument { Problem = failure };
        }
    }

    private static SecretDocument Broken(long line, string why) => new() { Problem = SecretMapping.Invalid(line, why) };

    /// <summary>
    /// What a list is of, empty where its items say it themselves; null where the object is not a list. The items of a
    /// SecretList do not say their kind: the server leaves it out.
    /// </summary>
    private static string? KindOfList(IReadOnlyDictionary<string, object?> fields) =>
        fields.GetValueOrDefault("kind") is string kind && kind.EndsWith("List", StringComparison.Ordinal) ? kind[..^"List".Length] : null;
}
