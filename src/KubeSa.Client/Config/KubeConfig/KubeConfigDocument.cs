using KubeSa.Api;
using KubeSa.Client.Yaml;

namespace KubeSa.Client.Config.KubeConfig;

/// <summary>
/// One or several kubeconfig files as one: of each name the first entry counts. Read from the parser's events, for the
/// client library's loader builds a map of all its models first, which takes longer than a whole call.
/// </summary>
internal sealed class KubeConfigDocument
{
    private KubeConfigDocument(string? currentContext)
    {
        CurrentContext = currentContext;
    }

    internal string? CurrentContext { get; private set; }

    internal List<KubeConfigEntry> Clusters { get; } = [];

    internal List<KubeConfigEntry> Users { get; } = [];

    internal List<KubeConfigEntry> Contexts { get; } = [];

    internal static KubeConfigDocument Read(IEnumerable<string> files, CancellationToken stop = default)
    {
        var merged = new KubeConfigDocument(null);
        foreach (var file in files)
        {
            if (Parse(file, stop) is { } root)
            {
                merged.Add(root);
            }
        }

        return merged;
    }

    internal static KubeConfigEntry? Find(List<KubeConfigEntry> entries, string? name) =>
        entries.FirstOrDefault(entry => entry.Name == name);

    private void Add(KubeConfigNode root)
    {
        CurrentContext ??= root.Text("current-context");
        AddNew(Clusters, root, "clusters", "cluster");
        AddNew(Users, root, "users", "user");
        AddNew(Contexts, root, "contexts", "context");
    }

    private static void AddNew(List<KubeConfigEntry> entries, KubeConfigNode root, string list, string field)
    {
        var known = entries.Select(entry => entry.Name).ToHashSet();
        var here = new HashSet<string>();
        foreach (var item in root.Children(list))
        {
            var name = item.Text("name") ?? throw item.Invalid($"an entry in '{list}' has no name");
            if (!here.Add(name))
            {
                throw item.Invalid($"'{list}' holds '{name}' twice");
            }

            if (known.Add(name))
            {
                var fields = item.Child(field) ?? new KubeConfigNode(root.File, $"the {field} '{name}'", new Dictionary<string, object?>());
                entries.Add(new KubeConfigEntry(name, fields));
            }
        }
    }

    /// <summary>The file's document; null where it is empty, as a file just made is.</summary>
    private static KubeConfigNode? Parse(string file, CancellationToken stop)
    {
        try
        {
            return YamlText.Read(TextFile.Read(file), stop: stop).FirstOrDefault()?.Root switch
            {
                null => null,
                Dictionary<string, object?> fields => new KubeConfigNode(file, "the file", fields),
                Damage damage => throw Invalid(file, damage.Why),
                _ => throw Invalid(file, "it is no mapping with clusters, users and contexts"),
            };
        }
        catch (UnsuitableFileException failure)
        {
            throw Invalid(file, failure.Message);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Invalid(file, $"it cannot be read ({failure.GetType().Name})");
        }
    }

    private static KubeApiException Invalid(string file, string why) =>
        new(FailureKind.KubeConfigInvalid, $"The kubeconfig '{file}' is not right: {why}.", file);
}
