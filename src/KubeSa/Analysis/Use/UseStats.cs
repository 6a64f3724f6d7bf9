namespace KubeSa.Analysis.Use;

/// <summary>How often, when and by whom one right was used. What it holds has a bound, and merges to the same in any order.</summary>
internal sealed class UseStats
{
    private const int MostPods = 64;
    private const int MostWorkloads = 32;
    private const int MostAgents = 8;
    private const int LongestAgent = 200;
    private string? _lastPod;
    private string? _lastAgent;

    /// <summary>What this one was added to, where too many names were seen for each to be kept; null where it stands for itself.</summary>
    internal UseStats? AddedTo { get; set; }

    /// <summary>Which contribution stands for this one alone; -1 until there is one.</summary>
    internal int Contribution { get; set; } = -1;

    internal long Count { get; private set; }

    /// <summary>The first use in ticks of UTC; 0 where no event had a time.</summary>
    internal long First { get; private set; }

    internal long Last { get; private set; }
    internal TimeBits Days { get; } = new(TimeSpan.TicksPerDay);
    internal SmallestTexts Pods { get; } = new(MostPods);
    internal SmallestTexts Workloads { get; } = new(MostWorkloads);
    internal SmallestTexts Nodes { get; } = new(MostPods);
    internal SmallestTexts Agents { get; } = new(MostAgents);
    internal SmallestTexts Bindings { get; } = new(MostAgents);
    internal SmallestTexts LegacySecrets { get; } = new(MostAgents);

    /// <summary>Uses by a token of a Secret, which never expires.</summary>
    internal long Legacy { get; private set; }

    /// <summary>Uses by a token that lived longer than the client should have kept it.</summary>
    internal long Stale { get; private set; }

    /// <summary>One of the requests, to be found in the log again: that of the smallest id, so that merging agrees.</summary>
    internal Guid Sample { get; private set; }

    /// <summary>Adds a use; of a request that is counted already, only what its other lines may tell beside the count.</summary>
    internal void Add(AuditEvent found, bool isNew, bool isOwn)
    {
        Count += isNew ? 1 : 0;
        AddTime(found.Ticks, found.Ticks);
        Days.AddTicks(found.Ticks);
        if (isOwn)
        {
            // Of who is impersonated no pod is known: it is that of the impersonator.
            AddPod(found.Pod.Text);
            Nodes.Add(found.Node.Text);
        }

        AddAgent(found.Agent.Text);
        Bindings.Add(found.Binding);
        AddSample(found.AuditId);
        if (found.IsLegacy)
        {
            Legacy += isNew ? 1 : 0;
            LegacySecrets.Add(found.LegacySecret.Text);
        }

        Stale += found.IsStale && isNew ? 1 : 0;
    }

    internal void Merge(UseStats other)
    {
        (Count, Legacy, Stale) = (Count + other.Count, Legacy + other.Legacy, Stale + other.Stale);
        AddTime(other.First, other.Last);
        Days.Merge(other.Days.Numbers);
        foreach (var (mine, theirs) in Sets().Zip(other.Sets()))
        {
            mine.Merge(theirs.Texts, theirs.HasMore);
        }

        AddSample(other.Sample);
    }

    /// <summary>Takes back the count of a request that was counted twice; all else is the same however often it is added.</summary>
    internal void TakeBack(bool isLegacy, bool isStale)
    {
        Count--;
        Legacy -= isLegacy ? 1 : 0;
        Stale -= isStale ? 1 : 0;
    }

    internal void Restore(long count, long first, long last, long legacy, long stale, Guid sample)
    {
        (Count, Legacy, Stale) = (Count + count, Legacy + legacy, Stale + stale);
        AddTime(first, last);
        AddSample(sample);
    }

    internal IEnumerable<SmallestTexts> Sets() => [Pods, Workloads, Nodes, Agents, Bindings, LegacySecrets];

    private void AddPod(string pod)
    {
        if (!ReferenceEquals(pod, _lastPod))
        {
            _lastPod = pod;
            Pods.Add(pod);
            Workloads.Add(PodOwner.Of(pod));
        }
    }

    private void AddAgent(string agent)
    {
        if (!ReferenceEquals(agent, _lastAgent))
        {
            _lastAgent = agent;
            Agents.Add(agent.Length > LongestAgent ? agent[..LongestAgent] : agent);
        }
    }

    private void AddTime(long first, long last)
    {
        First = First == 0 || (first != 0 && first < First) ? first : First;
        Last = Math.Max(Last, last);
    }

    private void AddSample(Guid id)
    {
        if (id != Guid.Empty && (Sample == Guid.Empty || id.CompareTo(Sample) < 0))
        {
            Sample = id;
        }
    }
}
