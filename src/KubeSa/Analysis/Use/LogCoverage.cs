namespace KubeSa.Analysis.Use;

/// <summary>A kind of request of which somebody's was logged.</summary>
internal readonly record struct LoggedKind(string Verb, string Group, string Resource, string Subresource);

/// <summary>What a log can show at all: its time, its gaps, its levels, and which kinds of requests it holds from anybody.</summary>
internal sealed class LogCoverage
{
    // Whoever asks for resources that do not exist could make any number of kinds.
    private const int MostKinds = 20_000;

    internal long Files { get; set; }

    /// <summary>Events read, with those of stages that decide nothing.</summary>
    internal long Events { get; set; }

    /// <summary>Lines that are no JSON, broken off ones among them.</summary>
    internal long Damaged { get; set; }

    /// <summary>Records that are JSON and no audit event.</summary>
    internal long Others { get; set; }

    /// <summary>Further lines of requests that were counted already.</summary>
    internal long Repeated { get; set; }

    /// <summary>Requests that nobody known made: bad tokens, 401.</summary>
    internal long Unauthenticated { get; set; }

    /// <summary>Events that tell neither a decision nor a code.</summary>
    internal long Undecided { get; set; }

    internal long First { get; private set; }
    internal long Last { get; private set; }
    internal TimeBits Hours { get; } = new(TimeSpan.TicksPerHour);
    internal SortedDictionary<string, long> Levels { get; } = new(StringComparer.Ordinal);
    internal HashSet<LoggedKind> Kinds { get; } = [];
    internal bool HasMoreKinds { get; set; }

    internal void AddTime(long ticks)
    {
        if (ticks != 0)
        {
            First = First == 0 || ticks < First ? ticks : First;
            Last = Math.Max(Last, ticks);
            Hours.AddTicks(ticks);
        }
    }

    internal void AddKind(LoggedKind kind)
    {
        if (Kinds.Count < MostKinds)
        {
            Kinds.Add(kind);
        }
        else
        {
            HasMoreKinds |= !Kinds.Contains(kind);
        }
    }

    internal void Merge(LogCoverage other)
    {
        (Files, Events, Damaged, Others) = (Files + other.Files, Events + other.Events, Damaged + other.Damaged, Others + other.Others);
        (Repeated, Unauthenticated, Undecided) = (Repeated + other.Repeated, Unauthenticated + other.Unauthenticated, Undecided + other.Undecided);
        AddTime(other.First);
        AddTime(other.Last);
        Hours.Merge(other.Hours.Numbers);
        HasMoreKinds |= other.HasMoreKinds;
        foreach (var (level, count) in other.Levels)
        {
            Levels[level] = Levels.GetValueOrDefault(level) + count;
        }

        foreach (var kind in other.Kinds)
        {
            AddKind(kind);
        }
    }
}
