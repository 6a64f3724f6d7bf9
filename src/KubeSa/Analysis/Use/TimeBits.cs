using System.Numerics;

namespace KubeSa.Analysis.Use;

/// <summary>Spans of time, days or hours, in which something was seen: a bit for each, over the years that logs can be of.</summary>
internal sealed class TimeBits(long ticksPerBit)
{
    internal static readonly long Origin = new DateTime(2014, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private int _first;
    private ulong[] _words = [];

    internal int Count => _words.Sum(BitOperations.PopCount);

    /// <summary>The numbers of the spans, counted from the beginning of 2014, in order.</summary>
    internal IEnumerable<int> Numbers
    {
        get
        {
            for (var word = 0; word < _words.Length; word++)
            {
                for (var rest = _words[word]; rest != 0; rest &= rest - 1)
                {
                    yield return ((_first + word) * 64) + BitOperations.TrailingZeroCount(rest);
                }
            }
        }
    }

    internal void AddTicks(long ticks)
    {
        if (ticks != 0)
        {
            Add((int)((ticks - Origin) / ticksPerBit));
        }
    }

    internal void Add(int number)
    {
        var word = number / 64;
        if (_words.Length == 0)
        {
            (_first, _words) = (word, new ulong[1]);
        }
        else if (word < _first)
        {
            _words = [.. new ulong[_first - word], .. _words];
            _first = word;
        }
        else if (word >= _first + _words.Length)
        {
            Array.Resize(ref _words, word - _first + 1);
        }

        _words[word - _first] |= 1UL << (number % 64);
    }

    internal void Merge(IEnumerable<int> numbers)
    {
        foreach (var number in numbers)
        {
            Add(number);
        }
    }

    /// <summary>When a span began.</summary>
    internal DateTimeOffset StartOf(int number) => new(Origin + (number * ticksPerBit), TimeSpan.Zero);
}
