using System.Text.Json;
using KubeSa.Api;

namespace KubeSa.Client.Resources.Watches;

/// <summary>
/// What has been told of the objects of a watch: for each its namespace, name, uid and version, and nothing more. By it a new
/// list is compared, and nothing is told twice.
/// </summary>
internal sealed class WatchedObjects(ResourceWatch wanted)
{
    private readonly Dictionary<(string Namespace, string Name), Told> _told = [];
    private readonly Dictionary<string, string> _namespaces = [];
    private ResourceTable? _table;
    private int _round;

    /// <summary>The table of the latest objects.</summary>
    internal ResourceTable Table => _table ?? new ResourceTable([new ResourceColumn("Name", 0)]);

    /// <summary>Prepares for a list, which may be one begun again.</summary>
    internal void BeginList() => _round++;

    /// <summary>Takes an object as it is, or its deletion; what is new about it goes to the changes. Its version.</summary>
    internal string Take(ResourceItem item, bool isDeletion, List<ResourceChange> changes)
    {
        _table = item.Table;
        var version = ObjectVersion.Of(item.Json.Span);
        if (wanted.IsWanted?.Invoke(item.Namespace, item.Name) != false)
        {
            Take(item, version, isDeletion, changes);
        }

        return version.ResourceVersion;
    }

    private void Take(ResourceItem item, ObjectVersion version, bool isDeletion, List<ResourceChange> changes)
    {
        var key = (OneOf(item.Namespace), item.Name);
        if (isDeletion)
        {
            Remove(key, version, item, changes);
            return;
        }

        var known = _told.TryGetValue(key, out var told);
        _told[key] = new Told(version, _round);
        if (known && told.Version == version)
        {
            return;
        }

        if (known && told.Version.Uid != version.Uid)
        {
            // One of the same name was made in its place, and what became of the first was not seen.
            changes.Add(Gone(key, told.Version));
            known = false;
        }

        changes.Add(new ResourceChange(known ? ResourceChangeKind.Modified : ResourceChangeKind.Added, item));
    }

    /// <summary>The deletion of an object that was not known, or is another by now, has been told.</summary>
    private void Remove((string Namespace, string Name) key, ObjectVersion version, ResourceItem item, List<ResourceChange> changes)
    {
        if (_told.TryGetValue(key, out var told) && told.Version.Uid == version.Uid)
        {
            _told.Remove(key);
            changes.Add(new ResourceChange(ResourceChangeKind.Deleted, item));
        }
    }

    /// <summary>Ends a list: what it did not hold is deleted.</summary>
    internal void EndList(List<ResourceChange> changes)
    {
        foreach (var (key, told) in _told.Where(entry => entry.Value.Round != _round).ToList())
        {
            _told.Remove(key);
            changes.Add(Gone(key, told.Version));
        }
    }

    /// <summary>An object of which no more is known than what was kept.</summary>
    private ResourceChange Gone((string Namespace, string Name) key, ObjectVersion version)
    {
        var resource = wanted.Query.Resource;
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("kind", resource.Kind);
            json.WriteString("apiVersion", resource.Group.Length == 0 ? resource.Version : $"{resource.Group}/{resource.Version}");
            json.WriteStartObject("metadata");
            json.WriteString("name", key.Name);
            if (key.Namespace.Length > 0)
            {
                json.WriteString("namespace", key.Namespace);
            }

            json.WriteString("uid", version.Uid);
            json.WriteString("resourceVersion", version.ResourceVersion);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return new ResourceChange(ResourceChangeKind.Deleted, new ResourceItem(key.Namespace, key.Name, bytes.ToArray(), [key.Name], Table));
    }

    /// <summary>Many objects have few namespaces: each is kept once.</summary>
    private string OneOf(string text)
    {
        if (!_namespaces.TryGetValue(text, out var one))
        {
            _namespaces[text] = one = text;
        }

        return one;
    }

    private readonly record struct Told(ObjectVersion Version, int Round);
}
