namespace KubeSa.Sandbox.Resources;

/// <summary>All resources of one dialect, in the order of discovery.</summary>
public sealed class ResourceTypes
{
    private readonly Dictionary<(string Group, string Version, string Name), ResourceType> _byName = [];
    private readonly List<ResourceType> _all = [];

    public ResourceTypes(ServerVersion serverVersion)
    {
        Groups = ApiGroups.Of(serverVersion);
        foreach (var type in CoreTypes.Of(serverVersion).Concat(GroupTypes.Of(serverVersion)))
        {
            _byName.Add((type.Group, type.Version, type.Name), type);
            _all.Add(type);
        }
    }

    /// <summary>Every named group with its versions, the preferred one first.</summary>
    public IReadOnlyList<ApiGroup> Groups { get; }

    public IReadOnlyList<ResourceType> All => _all;

    public ResourceType? Find(string group, string version, string name) => _byName.GetValueOrDefault((group, version, name));

    /// <summary>The types of one version of a group, in the order of discovery.</summary>
    public IEnumerable<ResourceType> In(string group, string version) => _all.Where(t => t.Group == group && t.Version == version);

    /// <summary>The type in the preferred version of its group, for the sandbox's own use.</summary>
    public ResourceType Get(string group, string name) =>
        _all.Find(t => t.Group == group && t.Name == name) ?? throw new ArgumentException($"There is no resource {name} in group '{group}'.");

    public bool HasVersion(string group, string version) =>
        group.Length == 0 ? version == "v1" : Groups.Any(g => g.Name == group && g.Versions.Contains(version));
}
