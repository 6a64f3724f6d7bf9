using System.Text.RegularExpressions;

namespace KubeSa.Analysis.Use;

/// <summary>Whether a right can be held to the names of the objects it was used on: where these are few, made by people, and known for long.</summary>
internal static partial class StableNames
{
    private const int Most = 10;

    // Whose objects come and go, whatever they are called.
    private static readonly string[] Passing = ["pods", "replicasets", "events", "endpointslices", "controllerrevisions"];

    /// <summary>The names, in order; null where the right must be about all.</summary>
    /// <param name="uses">The uses of one verb on one resource in one namespace.</param>
    /// <param name="middle">The middle of the log's time, in ticks: a name that comes up only behind it shows that others may follow.</param>
    internal static IReadOnlyList<string>? Of(IReadOnlyList<UsedRequest> uses, long middle) =>
        uses.Count <= Most
        && uses[0].Kind.Verb is not ("create" or "deletecollection")
        && !Passing.Contains(uses[0].Kind.Resource)
        && uses.All(use => !string.IsNullOrEmpty(use.Name) && !Generated().IsMatch(use.Name) && (use.Stats.First == 0 || use.Stats.First <= middle))
            ? [.. uses.Select(use => use.Name!).Distinct().Order(StringComparer.Ordinal)]
            : null;

    [GeneratedRegex("-[a-z0-9]{5}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Generated();
}
