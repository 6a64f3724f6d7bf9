using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Storage;

/// <summary>What a commit did to an object.</summary>
public enum ChangeKind
{
    Added,
    Modified,
    Deleted,
}

/// <summary>One committed change. On Deleted, Object is the last state under the revision of the deletion.</summary>
public sealed record StoreEvent(ChangeKind Kind, ResourceType Type, StoredObject Object, StoredObject? Previous)
{
    public long Revision => Object.Revision;
}
