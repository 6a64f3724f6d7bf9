
namespace KubeSa.Analysis.Use;

/// <summary>What of one log could not be used, to be told of with the number of the first such line. Calls come from several threads.</summary>
internal sealed class LogProblems
{
    private readonly object _gate = new();

    internal long Events { get; private set; }
    internal long Damaged { get; private set; }
    internal long FirstDamaged { get; private set; }
    internal long Others { get; private set; }

    /// <summary>Whether it breaks off in the middle of a line, as a packed file does whose end is missing.</summary>
    internal bool IsCut { get; private set; }

    /// <summary>What the first record that is no audit event is; null where there is none.</summary>
    internal string? OtherFormat { get; private set; }

    /// <summary>Whether nothing but another format was found in enough records to say so.</summary>
    internal bool IsOtherFormat(long enough) => Events == 0 && Others >= enough && OtherFormat is not null;

    internal void AddEvents(long count)
    {
        lock (_gate)
        {
            Events += count;
        }
    }

    /// <summary>Counts a line that is no JSON.</summary>
    /// <param name="line">Its number.</param>
    /// <param name="isUnended">Whether it is the last one and has no end.</param>
    internal void AddDamaged(long line, bool isUnended = false)
    {
        lock (_gate)
        {
            Damaged++;
            IsCut |= isUnended;
            FirstDamaged = FirstDamaged == 0 ? line : Math.Min(FirstDamaged, line);
        }
    }

    internal void AddText(ReadOnlySpan<byte> line, long number)
    {
        if (ForeignFormat.NameOfText(line) is { } name)
        {
            AddOther(name, number);
        }
        else
        {
            AddDamaged(number);
        }
    }

    /// <summary>Adds what the file as a whole lacks.</summary>
    /// <param name="isCut">Whether the packed data broke off.</param>
    /// <param name="tooLong">How many lines were too long to be read.</param>
    internal void AddCut(bool isCut, long tooLong)
    {
        lock (_gate)
        {
            IsCut |= isCut;
            Damaged += tooLong;
        }
    }

    internal void AddOther(string name, long line)
    {
        lock (_gate)
        {
            Others++;
            OtherFormat ??= name;
        }
    }
}
