using System.Globalization;

namespace KubeSa.Analysis.Use;

/// <summary>What one request was counted for: mostly one use, more where it needed more than one right.</summary>
internal sealed record Contribution(UseStats[] Uses, bool IsLegacy, bool IsStale)
{
    /// <summary>Takes back a request that two parts of a log have both counted.</summary>
    internal void TakeBack()
    {
        foreach (var use in Uses)
        {
            var kept = use;
            while (kept.AddedTo is { } next)
            {
                kept = next;
            }

            kept.TakeBack(IsLegacy, IsStale);
        }
    }
}

/// <summary>All contributions, each once, so that an audit id is remembered with a number.</summary>
internal sealed class Contributions
{
    private readonly List<Contribution> _all = [];
    private readonly Dictionary<string, int> _rare = [];
    private readonly Dictionary<UseStats, int> _numbers = [];

    internal Contribution this[int number] => _all[number];

    internal int Of(IReadOnlyList<UseStats> uses, bool isLegacy, bool isStale)
    {
        if (uses.Count == 1 && !isLegacy && !isStale)
        {
            if (uses[0].Contribution < 0)
            {
                uses[0].Contribution = Add(uses, false, false);
            }

            return uses[0].Contribution;
        }

        var key = string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', uses.Select(NumberOf))} {isLegacy} {isStale}");
        if (!_rare.TryGetValue(key, out var number))
        {
            number = Add(uses, isLegacy, isStale);
            _rare.Add(key, number);
        }

        return number;
    }

    private int Add(IReadOnlyList<UseStats> uses, bool isLegacy, bool isStale)
    {
        _all.Add(new Contribution([.. uses], isLegacy, isStale));
        return _all.Count - 1;
    }

    private int NumberOf(UseStats use)
    {
        if (!_numbers.TryGetValue(use, out var number))
        {
            _numbers.Add(use, number = _numbers.Count);
        }

        return number;
    }
}
