using KubeSa.Api;

namespace KubeSa.Analysis.Use;

/// <summary>A use as a question to the matcher.</summary>
internal sealed record UsedRequest(UseKind Kind, string? Name, UseStats Stats)
{
    /// <summary>The use as the server's authorizer is asked. Of names that are not kept apart nothing is known but that they differ.</summary>
    internal AccessRequest Request { get; } = Kind.IsPath
        ? new AccessRequest(Kind.Verb) { NonResourceUrl = Name }
        : new AccessRequest(Kind.Verb)
        {
            Group = Kind.Group,
            Resource = Kind.Resource,
            Subresource = Kind.Subresource.Length == 0 ? null : Kind.Subresource,
            Namespace = Kind.Namespace.Length == 0 ? null : Kind.Namespace,
            Name = string.IsNullOrEmpty(Name) ? null : Name,
        };

    /// <summary>All uses that were allowed.</summary>
    internal static IEnumerable<UsedRequest> All(UseAggregate aggregate) =>
        from use in aggregate.Uses
        where use.Key.IsAllowed
        from named in use.Value.ByName.Select(item => ((string?)item.Key, item.Value)).Concat(use.Value.Others is { } others ? [(null, others)] : [])
        where named.Value.Count > 0
        select new UsedRequest(use.Key, named.Item1, named.Value);
}
