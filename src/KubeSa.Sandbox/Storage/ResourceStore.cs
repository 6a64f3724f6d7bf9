using System.Text.Json.Nodes;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Storage;

/// <summary>All objects, each change under one number that only grows. Safe to use from any thread.</summary>
public sealed class ResourceStore(TimeProvider time)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, ResourceHistory> _histories = [];
    private long _revision = 1;

    /// <summary>Told of every change after it was committed, in order, under the lock: take note and return.</summary>
    public event Action<StoreEvent>? Committed;

    /// <summary>How long ago the objects were made that are stored from now on; a scenario sets it while it is put in, and nobody else.</summary>
    internal TimeSpan Age { get; set; }

    /// <summary>The moment of <see cref="Age"/>, as Kubernetes writes it.</summary>
    internal string Stamp() => Clock.Format(time.GetUtcNow() - Age);

    /// <summary>The number of the latest change of any resource.</summary>
    public long Revision
    {
        get
        {
            lock (_gate)
            {
                return _revision;
            }
        }
    }

    public StoredObject? TryGet(ResourceType type, string ns, string name)
    {
        lock (_gate)
        {
            // The path of a namespace names it twice over, as its own name and as the namespace it is in.
            return HistoryOf(type).Find(type.Namespaced ? ns : "", name);
        }
    }

    /// <summary>All objects of a resource now.</summary>
    public ResourceSnapshot Snapshot(ResourceType type)
    {
        lock (_gate)
        {
            var history = HistoryOf(type);
            return new ResourceSnapshot(_revision, history.LastChange, history.Items);
        }
    }

    /// <summary>All objects of a resource as they were, or null when that was compacted away.</summary>
    public ResourceSnapshot? SnapshotAt(ResourceType type, long revision)
    {
        lock (_gate)
        {
            return revision == _revision ? Snapshot(type) : HistoryOf(type).At(revision);
        }
    }

    /// <summary>
    /// Adds an object; uid and creationTimestamp are given unless it has them. Kind and apiVersion are dropped.
    /// Throws <see cref="ApiError"/> AlreadyExists.
    /// </summary>
    public StoredObject Create(ResourceType type, JsonObject obj)
    {
        var metadata = obj["metadata"]!.AsObject();
        lock (_gate)
        {
            var history = HistoryOf(type);
            var (ns, name) = ((string?)metadata["namespace"] ?? "", (string)metadata["name"]!);
            if (history.Find(ns, name) is not null)
            {
                throw ApiError.AlreadyExists(type, name);
            }

            metadata["uid"] ??= Guid.NewGuid().ToString();
            metadata["creationTimestamp"] ??= Stamp();
            return Commit(history, new StoreChange(ChangeKind.Added, type, obj, null));
        }
    }

    /// <summary>
    /// Changes an object: <paramref name="change"/> gets a tree of its own, without kind and apiVersion, and answers with what to
    /// keep. Called again when somebody else was faster; an object that stays the same keeps its resourceVersion.
    /// Throws <see cref="ApiError"/> NotFound, and whatever <paramref name="change"/> throws.
    /// </summary>
    public StoredObject Update(ResourceType type, string ns, string name, Func<JsonObject, JsonObject> change)
    {
        while (true)
        {
            var current = TryGet(type, ns, name) ?? throw ApiError.NotFound(type, name);
            if (TryReplace(type, current, change(current.Content())) is { } committed)
            {
                return committed;
            }
        }
    }

    /// <summary>Puts <paramref name="obj"/> in the place of <paramref name="expected"/>, or answers null when that is no longer the current version.</summary>
    public StoredObject? TryReplace(ResourceType type, StoredObject expected, JsonObject obj)
    {
        lock (_gate)
        {
            var history = HistoryOf(type);
            var current = history.Find(expected.Namespace, expected.Name);
            if (current is null || current.Revision != expected.Revision)
            {
                return null;
            }

            Strip(obj);
            obj["metadata"]!["resourceVersion"] = current.Revision.ToString();
            return JsonNode.DeepEquals(obj, current.Content())
                ? current
                : Commit(history, new StoreChange(ChangeKind.Modified, type, obj, current));
        }
    }

    /// <summary>Removes an object at once and answers with its last state; throws <see cref="ApiError"/> NotFound.</summary>
    public StoredObject Delete(ResourceType type, string ns, string name)
    {
        lock (_gate)
        {
            var history = HistoryOf(type);
            var current = history.Find(ns, name) ?? throw ApiError.NotFound(type, name);
            return Commit(history, new StoreChange(ChangeKind.Deleted, type, current.Content(), current));
        }
    }

    /// <summary>Follows a resource from behind a revision on, or answers null when that was compacted away. Dispose to end.</summary>
    public StoreSubscription? Subscribe(ResourceType type, long behind)
    {
        lock (_gate)
        {
            return HistoryOf(type).Subscribe(behind, _gate);
        }
    }

    /// <summary>Forgets all past states, as a real store does every few minutes: older continue tokens and watches get 410.</summary>
    public void Compact()
    {
        lock (_gate)
        {
            foreach (var history in _histories.Values)
            {
                history.Compact(_revision);
            }
        }
    }

    private StoredObject Commit(ResourceHistory history, StoreChange change)
    {
        _revision++;
        Strip(change.Content);
        change.Content["metadata"]!["resourceVersion"] = _revision.ToString();
        var stored = new StoredObject(change.Content, _revision);
        var committed = new StoreEvent(change.Kind, change.Type, stored, change.Previous);
        history.Add(committed);
        Committed?.Invoke(committed);
        return stored;
    }

    private static void Strip(JsonObject obj)
    {
        obj.Remove("kind");
        obj.Remove("apiVersion");
    }

    private ResourceHistory HistoryOf(ResourceType type)
    {
        if (!_histories.TryGetValue(type.StorageKey, out var history))
        {
            history = new ResourceHistory(_revision);
            _histories.Add(type.StorageKey, history);
        }

        return history;
    }

    private sealed record StoreChange(ChangeKind Kind, ResourceType Type, JsonObject Content, StoredObject? Previous);
}
