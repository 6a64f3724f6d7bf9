using KubeSa.Api;

namespace KubeSa.Client.Resources.Discovery;

/// <summary>All that a server told of its resources at one time.</summary>
/// <param name="Preferred">Those of the versions that the server prefers, in its order of groups, the core group first.</param>
/// <param name="Others">Those of the other versions, in the same order.</param>
/// <param name="Problem">Which groups could not be read and why; null where all could.</param>
internal sealed record ResourceCatalog(IReadOnlyList<ApiResource> Preferred, IReadOnlyList<ApiResource> Others, string? Problem)
{
    /// <summary>
    /// What kubectl takes the argument for: with version and group where it may be read so, else in the group or in one whose
    /// name begins so, else in any. Names come before short names, and preferred versions before others.
    /// </summary>
    internal ApiResource? Find(ResourceArgument argument)
    {
        if (argument.VersionAndGroup is var (version, group) && Find(argument.Name, item => item.Version == version && Same(item.Group, group)) is { } exact)
        {
            return exact;
        }

        return argument.Group is not { } wanted
            ? Find(argument.Name, _ => true)
            : Find(argument.Name, item => Same(item.Group, wanted))
                ?? Find(argument.Name, item => item.Group.StartsWith(wanted, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Each resource once, in the version that the server prefers where it has it there.</summary>
    internal IReadOnlyList<ApiResource> All => [.. Preferred.Concat(Others).DistinctBy(item => (item.Group, item.Name))];

    private ApiResource? Find(string name, Func<ApiResource, bool> where)
    {
        var candidates = Preferred.Concat(Others).Where(where).ToList();
        return candidates.Find(item => Same(item.Name, name) || Same(item.SingularName, name) || Same(item.Kind, name))
            ?? candidates.Find(item => item.ShortNames.Any(given => Same(given, name)));
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
