using System.Collections.Immutable;

namespace KubeSa.Sandbox.Storage;

/// <summary>The present and the recent past of one resource. Used under the lock of the store.</summary>
internal sealed class ResourceHistory(long bornAt)
{
    // Far more than a list takes to page through; older continue tokens and watches get 410, as from a real server.
    private const int Kept = 20_000;

    private readonly Dictionary<string, StoredObject> _byKey = [];
    private readonly List<StoreSubscription> _subscriptions = [];
    private readonly Queue<(StoreEvent Event, ImmutableSortedSet<StoredObject> Before)> _past = new();

    // The oldest revision whose state is still known.
    private long _knownFrom = bornAt;

    /// <summary>The revision of the latest change.</summary>
    public long LastChange { get; private set; } = bornAt;

    public ImmutableSortedSet<StoredObject> Items { get; private set; } = ImmutableSortedSet.Create(ResourceSnapshot.ByKey);

    public StoredObject? Find(string ns, string name) => _byKey.GetValueOrDefault(StoredObject.KeyOf(ns, name));

    public void Add(StoreEvent change)
    {
        LastChange = change.Revision;
        _past.Enqueue((change, Items));
        var without = change.Previous is null ? Items : Items.Remove(change.Previous);
        if (change.Kind == ChangeKind.Deleted)
        {
            Items = without;
            _byKey.Remove(change.Object.Key);
        }
        else
        {
            Items = without.Add(change.Object);
            _byKey[change.Object.Key] = change.Object;
        }

        if (_past.Count > Kept)
        {
            _knownFrom = _past.Dequeue().Event.Revision;
        }

        foreach (var subscription in _subscriptions)
        {
            subscription.Write(change);
        }
    }

    public ResourceSnapshot? At(long revision)
    {
        if (revision < _knownFrom)
        {
            return null;
        }

        foreach (var (change, before) in _past)
        {
            if (change.Revision > revision)
            {
                return new ResourceSnapshot(revision, revision, before);
            }
        }

        return new ResourceSnapshot(revision, LastChange, Items);
    }

    public StoreSubscription? Subscribe(long behind, object gate)
    {
        if (behind < _knownFrom)
        {
            return null;
        }

        var subscription = new StoreSubscription(_subscriptions, gate);
        foreach (var (change, _) in _past)
        {
            if (change.Revision > behind)
            {
                subscription.Write(change);
            }
        }

        _subscriptions.Add(subscription);
        return subscription;
    }

    public void Compact(long revision)
    {
        _past.Clear();
        _knownFrom = revision;
    }
}
