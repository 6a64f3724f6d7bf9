using System.Text;
using System.Text.Json.Nodes;
using KubeSa.Api;
using KubeSa.Client.Yaml;

namespace KubeSa.Client.Config.KubeConfig;

/// <summary>
/// A mapping in a kubeconfig file, with where it stands for messages: the file and the way to it. A class and no
/// record: a record's ToString would print the credentials.
/// </summary>
internal sealed class KubeConfigNode(string file, string where, IReadOnlyDictionary<string, object?> fields)
{
    internal string File { get; } = file;

    /// <summary>Text; null where there is none or it is empty, which kubectl takes for the same.</summary>
    internal string? Text(string name) => fields.GetValueOrDefault(name) switch
    {
        null or "" => null,
        string text => text,
        Damage damage => throw Invalid(damage.Why),
        _ => throw Invalid($"'{name}' of {where} is not text"),
    };

    internal bool Flag(string name) => Text(name)?.ToLowerInvariant() switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw Invalid($"'{name}' of {where} is neither true nor false"),
    };

    /// <summary>A path, relative to the folder of the file it stands in.</summary>
    internal string? FilePath(string name) => Text(name) switch
    {
        null => null,
        var path when path.Contains('\0', StringComparison.Ordinal) => throw Invalid($"'{name}' of {where} is not a path"),
        var path => Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(File))!),
    };

    /// <summary>
    /// KubeConfigInvalid where it is what <c>kubectl config view</c> prints, which shows people how a kubeconfig looks and
    /// leaves out what it is for. Part of what stands in the place of that is base64, and would pass for damaged data.
    /// </summary>
    internal void RequireWhole()
    {
        string[] left = ["certificate-authority-data", "client-certificate-data", "client-key-data", "token", "password"];
        if (left.FirstOrDefault(name => fields.GetValueOrDefault(name) is "DATA+OMITTED" or "REDACTED") is { } name)
        {
            throw Invalid(
                $"it is a print-out of 'kubectl config view', which leaves certificates and credentials out ('{name}' of {where} is {fields[name]}). "
                + "Write the file anew with 'kubectl config view --raw --flatten', where the whole kubeconfig is");
        }
    }

    /// <summary>Text in base64.</summary>
    internal string? Decoded(string name)
    {
        try
        {
            return Text(name) is { } text ? Encoding.UTF8.GetString(Convert.FromBase64String(text)) : null;
        }
        catch (FormatException)
        {
            throw Invalid($"'{name}' of {where} is not base64");
        }
    }

    internal KubeConfigNode? Child(string name) => fields.GetValueOrDefault(name) switch
    {
        null => null,
        IReadOnlyDictionary<string, object?> child => new KubeConfigNode(File, $"'{name}' of {where}", child),
        Damage damage => throw Invalid(damage.Why),
        _ => throw Invalid($"'{name}' of {where} is no mapping"),
    };

    internal IReadOnlyList<string> Texts(string name) =>
        Items(name).Select(item => item as string ?? throw Invalid($"'{name}' of {where} holds something that is not text")).ToList();

    internal IReadOnlyList<KubeConfigNode> Children(string name) =>
        Items(name).Select(item => item is IReadOnlyDictionary<string, object?> child
            ? new KubeConfigNode(File, $"an entry in '{name}' of {where}", child)
            : throw Invalid((item as Damage)?.Why ?? $"'{name}' of {where} holds something that is no mapping")).ToList();

    /// <summary>Whatever there is, as JSON; scalars are text there.</summary>
    internal JsonNode? Json(string name) => ToJson(fields.GetValueOrDefault(name));

    internal IEnumerable<string> Keys => fields.Keys;

    internal bool Has(string name) => fields.GetValueOrDefault(name) is not null;

    internal KubeApiException Invalid(string why) =>
        new(FailureKind.KubeConfigInvalid, $"The kubeconfig '{File}' is not right: {why}.", File);

    private JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        IReadOnlyDictionary<string, object?> mapping => new JsonObject(mapping.Select(entry => KeyValuePair.Create(entry.Key, ToJson(entry.Value)))),
        List<object?> list => new JsonArray([.. list.Select(ToJson)]),
        Damage damage => throw Invalid(damage.Why),
        _ => JsonValue.Create((string)value),
    };

    private List<object?> Items(string name) => fields.GetValueOrDefault(name) switch
    {
        null => [],
        List<object?> items => items,
        Damage damage => throw Invalid(damage.Why),
        _ => throw Invalid($"'{name}' of {where} is not a list"),
    };
}
