namespace KubeSa.Analysis.Use;

/// <summary>
/// All that is kept of a log: each right that was used, how often, when and by whom, and what the log can show. The memory it
/// takes depends on how many different rights were used and not on the length of the log; parts merge in any order to what
/// reading them together gives. Calls may come from several threads.
/// </summary>
internal sealed class UseAggregate
{
    // Long enough for what is logged twice within minutes; starts and ends of watches, of which there are few, over days.
    private const int IdsOfShort = 1 << 17;
    private const int IdsOfLong = 1 << 15;
    private readonly object _gate = new();
    private readonly Dictionary<UseKind, NamedUses> _uses = [];
    private readonly Contributions _contributions = new();

    internal LogCoverage Coverage { get; } = new();

    /// <summary>Audit ids of requests that end at once.</summary>
    internal SeenIds Short { get; } = new(IdsOfShort);

    /// <summary>Audit ids of watches, commands and others that last.</summary>
    internal SeenIds Long { get; } = new(IdsOfLong);

    internal IReadOnlyDictionary<UseKind, NamedUses> Uses => _uses;

    internal Contributions Contributions => _contributions;

    /// <summary>Takes an event into account.</summary>
    /// <param name="found">The event.</param>
    /// <param name="isWanted">Whether the uses of a user are asked for; the coverage counts everybody.</param>
    internal void Add(AuditEvent found, Func<string, bool> isWanted)
    {
        lock (_gate)
        {
            Coverage.Events++;
            Coverage.AddTime(found.Ticks);
            Coverage.Levels[found.Level.Text] = Coverage.Levels.GetValueOrDefault(found.Level.Text) + 1;
            if (found.Stage.Text != "RequestReceived")
            {
                AddDecided(found, isWanted);
            }
        }
    }

    internal void AddBroken(long damaged, long others)
    {
        lock (_gate)
        {
            Coverage.Damaged += damaged;
            Coverage.Others += others;
        }
    }

    internal void AddFile()
    {
        lock (_gate)
        {
            Coverage.Files++;
        }
    }

    /// <summary>Adds another part of the log.</summary>
    internal void Merge(UseAggregate other)
    {
        lock (_gate)
        {
            Coverage.Merge(other.Coverage);
            var mine = new Dictionary<UseStats, UseStats>();
            foreach (var (kind, theirs) in other._uses)
            {
                var into = Named(kind);
                foreach (var (name, stats) in theirs.ByName)
                {
                    (mine[stats] = into.Of(name)).Merge(stats);
                }

                if (theirs.Others is { } rest)
                {
                    (mine[rest] = into.OfOthers()).Merge(rest);
                }
            }

            MergeIds(Short, other.Short, other._contributions, mine);
            MergeIds(Long, other.Long, other._contributions, mine);
        }
    }

    internal NamedUses Named(UseKind kind)
    {
        if (!_uses.TryGetValue(kind, out var named))
        {
            _uses.Add(kind, named = new NamedUses());
        }

        return named;
    }

    private void AddDecided(AuditEvent found, Func<string, bool> isWanted)
    {
        if (found.User.Text.Length == 0)
        {
            Coverage.Unauthenticated++;
            return;
        }

        if (found.IsAllowed is not { } isAllowed)
        {
            Coverage.Undecided++;
            return;
        }

        Coverage.AddKind(new LoggedKind(found.Verb.Text, found.Group.Text, found.Resource.Text, found.Subresource.Text));
        var rights = RightsOfEvent.Of(found, isAllowed, isWanted);
        if (rights.Count == 0)
        {
            return;
        }

        var seen = found.IsLongRunning ? Long : Short;
        var isNew = found.Id == 0 || !seen.TryGet(found.Id, out _);
        var uses = new UseStats[rights.Count];
        for (var i = 0; i < uses.Length; i++)
        {
            uses[i] = Named(rights[i].Kind).Of(rights[i].Name);
            uses[i].Add(found, isNew, rights[i].Kind.User == found.User.Text);
        }

        if (!isNew)
        {
            Coverage.Repeated++;
        }
        else if (found.Id != 0)
        {
            seen.Add(found.Id, _contributions.Of(uses, found.IsLegacy, found.IsStale));
        }
    }

    private void MergeIds(SeenIds mine, SeenIds theirs, Contributions theirContributions, Dictionary<UseStats, UseStats> translated)
    {
        foreach (var (id, number) in theirs.All)
        {
            var contribution = theirContributions[number];
            UseStats[] uses = [.. contribution.Uses.Select(use => translated[Kept(use)])];
            if (mine.TryGet(id, out _))
            {
                new Contribution(uses, contribution.IsLegacy, contribution.IsStale).TakeBack();
                Coverage.Repeated++;
            }
            else
            {
                mine.Add(id, _contributions.Of(uses, contribution.IsLegacy, contribution.IsStale));
            }
        }
    }

    /// <summary>What a use was added to, where it is not kept apart any more.</summary>
    internal static UseStats Kept(UseStats use)
    {
        while (use.AddedTo is { } next)
        {
            use = next;
        }

        return use;
    }
}
