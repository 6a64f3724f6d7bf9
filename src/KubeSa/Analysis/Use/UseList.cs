namespace KubeSa.Analysis.Use;

/// <summary>Makes what people see of an aggregate: a row for each right that was used.</summary>
internal static class UseList
{
    internal static IEnumerable<AccessUse> Of(UseAggregate aggregate) =>
        from use in aggregate.Uses
        from row in use.Value.ByName.Select(named => Row(use.Key, named.Key, named.Value)).Concat(use.Value.Others is { } others ? [Row(use.Key, null, others)] : [])
        where row.Count > 0
        orderby row.Account, row.Allowed descending, row.Count descending, row.Right
        select row;

    internal static AccessUse Row(UseKind kind, string? name, UseStats stats)
    {
        var account = ServiceAccountNames.Parse(kind.User);
        return new AccessUse
        {
            Namespace = account?.Namespace,
            ServiceAccount = account?.Name,
            UserName = kind.User,
            Verb = kind.Verb,
            Group = kind.IsPath ? null : kind.Group,
            Resource = kind.IsPath ? null : kind.Resource,
            Subresource = NullIfEmpty(kind.Subresource),
            Scope = NullIfEmpty(kind.Namespace),
            Name = kind.IsPath ? null : NullIfEmpty(name),
            Path = kind.IsPath ? name ?? "(further paths)" : null,
            HasMoreNames = name is null,
            Count = stats.Count,
            First = Local(stats.First),
            Last = Local(stats.Last),
            Days = stats.Days.Count,
            Pods = [.. stats.Pods.Texts],
            Workloads = [.. stats.Workloads.Texts],
            Nodes = [.. stats.Nodes.Texts],
            UserAgents = [.. stats.Agents.Texts],
            HasMore = stats.Sets().Any(set => set.HasMore),
            Allowed = kind.IsAllowed,
            Bindings = [.. stats.Bindings.Texts],
            Reason = ReasonOf(kind.Origin),
            LegacyTokenCount = stats.Legacy,
            LegacyTokenSecrets = [.. stats.LegacySecrets.Texts],
            StaleTokenCount = stats.Stale,
            AuditId = stats.Sample == Guid.Empty ? null : stats.Sample.ToString(),
        };
    }

    internal static DateTime? Local(long ticks) => ticks == 0 ? null : new DateTime(ticks, DateTimeKind.Utc).ToLocalTime();

    internal static string? ReasonOf(UseOrigin origin) => origin switch
    {
        UseOrigin.Created => "an update or apply created the object, and the server asks for create as well",
        UseOrigin.Upgraded => "a command over WebSockets is a get, and servers from 1.35 on ask for create as well",
        UseOrigin.Impersonated => "the requests were made as another user",
        _ => null,
    };

    private static string? NullIfEmpty(string? text) => text is null or "" ? null : text;
}
